/** Proxmox's container templates on a template storage. */
@NullMarked
package dev.tengil.resource.template;

import org.jspecify.annotations.NullMarked;
