/** Carries out a plan: schedules its steps, runs their operations, keeps the journal, says what happens. Decides nothing. */
@NullMarked
package dev.tengil.apply;

import org.jspecify.annotations.NullMarked;
