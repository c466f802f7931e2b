/** What a registry says of an image, as values: manifests, platforms, and the image config, all of it untrusted. */
@NullMarked
package dev.tengil.oci.image;

import org.jspecify.annotations.NullMarked;
