/** Directories inside datasets that containers and shares need. */
@NullMarked
package dev.tengil.resource.directory;

import org.jspecify.annotations.NullMarked;
