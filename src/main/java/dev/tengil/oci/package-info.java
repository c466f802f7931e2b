/**
 * Asks registries, by the OCI distribution specification: what a tag points to, how an image is run, which tags there are. Knows the
 * values of the model and nothing of hosts. Nothing is loaded or connected before the first question.
 */
@NullMarked
package dev.tengil.oci;

import org.jspecify.annotations.NullMarked;
