/** From the text of tengil.yml to typed fields with a place each; JSON Schema, reference and error excerpts from the same descriptors. */
@NullMarked
package dev.tengil.config;

import org.jspecify.annotations.NullMarked;
