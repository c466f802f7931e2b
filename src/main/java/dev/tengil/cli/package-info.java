/** The commands: parse, call, hand to a view. The only room that builds the object graph. */
@NullMarked
package dev.tengil.cli;

import org.jspecify.annotations.NullMarked;
