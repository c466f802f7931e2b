/** One model, three ways to see it: for people, plain, JSON. Decides nothing. */
@NullMarked
package dev.tengil.cli.view;

import org.jspecify.annotations.NullMarked;
