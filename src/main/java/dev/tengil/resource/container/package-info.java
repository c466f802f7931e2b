/** Containers of Proxmox: what the file says of them, the choices it leaves open, and the commands that bring them about. */
@NullMarked
package dev.tengil.resource.container;

import org.jspecify.annotations.NullMarked;
