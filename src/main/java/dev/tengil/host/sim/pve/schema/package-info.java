/** The parameters of the simulated Proxmox API: what each accepts, and the texts that refuse the rest. */
@NullMarked
package dev.tengil.host.sim.pve.schema;

import org.jspecify.annotations.NullMarked;
