/** NFS exports, in one file of ours under /etc/exports.d. */
@NullMarked
package dev.tengil.resource.nfs;

import org.jspecify.annotations.NullMarked;
