/** Proxmox storages over a dataset, made only when the file names one that is missing. */
@NullMarked
package dev.tengil.resource.storage;

import org.jspecify.annotations.NullMarked;
