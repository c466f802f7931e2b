/** The packet filter of the simulated host. */
@NullMarked
package dev.tengil.host.sim.net;

import org.jspecify.annotations.NullMarked;
