/** Containers that are started again when their program ends: a unit of ours behind Proxmox's own. */
@NullMarked
package dev.tengil.resource.restart;

import org.jspecify.annotations.NullMarked;
