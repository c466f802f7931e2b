/** Debian's programs around shares on the simulated host: packages, accounts, Samba, NFS. Their config files are the truth. */
@NullMarked
package dev.tengil.host.sim.nas;

import org.jspecify.annotations.NullMarked;
