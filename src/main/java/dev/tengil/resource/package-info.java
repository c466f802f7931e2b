/**
 * What tengil owns or uses on a host, and the words for changing it. One sub-package per kind; kinds never import each other: they meet
 * in {@link dev.tengil.model.Address}, in the facts and in small shared types.
 */
@NullMarked
package dev.tengil.resource;

import org.jspecify.annotations.NullMarked;
