/** Containers of the simulated Proxmox: their config file, their volumes, their life. */
@NullMarked
package dev.tengil.host.sim.pve.guest;

import org.jspecify.annotations.NullMarked;
