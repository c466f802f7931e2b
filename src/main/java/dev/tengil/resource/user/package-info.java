/** People who use shares, as system accounts without shell or home. */
@NullMarked
package dev.tengil.resource.user;

import org.jspecify.annotations.NullMarked;
