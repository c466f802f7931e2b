/** ZFS datasets: their properties, and who owns the directory at their top. */
@NullMarked
package dev.tengil.resource.dataset;

import org.jspecify.annotations.NullMarked;
