/**
 * The simulated host: a machine that lives in a folder or in memory and answers the programs that tengil sends, as the real ones do.
 *
 * <p>To add a program: write a class that implements {@link dev.tengil.host.sim.Program} and put it into
 * {@link dev.tengil.host.sim.Programs}. What it must remember goes into a {@link dev.tengil.host.sim.Table} of the
 * {@link dev.tengil.host.sim.World}, or into the file that the real program would write.
 */
@NullMarked
package dev.tengil.host.sim;

import org.jspecify.annotations.NullMarked;
