/** Logins of registries: where they are kept, how they are found, and how they are handed on without being seen. */
@NullMarked
package dev.tengil.oci.credentials;

import org.jspecify.annotations.NullMarked;
