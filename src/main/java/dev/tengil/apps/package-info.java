/** Applications that tengil knows by name: data, and how it is read. */
@NullMarked
package dev.tengil.apps;

import org.jspecify.annotations.NullMarked;
