/** Preflight across kinds: what would fail or surprise, said before the first change. */
@NullMarked
package dev.tengil.check;

import org.jspecify.annotations.NullMarked;
