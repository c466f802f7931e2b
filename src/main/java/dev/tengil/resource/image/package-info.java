/** OCI images as archives on a template storage. */
@NullMarked
package dev.tengil.resource.image;

import org.jspecify.annotations.NullMarked;
