/** From the file and the facts to a plan: which resources are asked for, and what has to be done. Pure. */
@NullMarked
package dev.tengil.plan;

import org.jspecify.annotations.NullMarked;
