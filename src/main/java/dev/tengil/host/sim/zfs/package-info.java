/** zfs and zpool of the simulated host, as OpenZFS 2.3 answers. */
@NullMarked
package dev.tengil.host.sim.zfs;

import org.jspecify.annotations.NullMarked;
