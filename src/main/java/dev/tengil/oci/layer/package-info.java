/** Looks into the layers of images: archives that strangers wrote, read as a stream and held to bounds. */
@NullMarked
package dev.tengil.oci.layer;

import org.jspecify.annotations.NullMarked;
