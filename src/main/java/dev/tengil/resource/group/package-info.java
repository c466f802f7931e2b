/** Groups of people who use shares. */
@NullMarked
package dev.tengil.resource.group;

import org.jspecify.annotations.NullMarked;
