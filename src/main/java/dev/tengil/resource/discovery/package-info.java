/** Files for programs that find services by the labels of containers. */
@NullMarked
package dev.tengil.resource.discovery;

import org.jspecify.annotations.NullMarked;
