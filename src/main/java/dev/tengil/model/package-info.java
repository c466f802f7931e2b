/** Value types that parse themselves, places in a file, diagnostics, and the keys of tengil.yml. Knows nothing of ours. */
@NullMarked
package dev.tengil.model;

import org.jspecify.annotations.NullMarked;
