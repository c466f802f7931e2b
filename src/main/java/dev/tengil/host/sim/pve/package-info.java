/** The Proxmox programs of the simulated host: pvesh, pct, pveam, pvesm, pveversion, skopeo, and the API beneath them. */
@NullMarked
package dev.tengil.host.sim.pve;

import org.jspecify.annotations.NullMarked;
