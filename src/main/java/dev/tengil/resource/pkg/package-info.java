/** Debian packages that other resources need: samba, nfs-kernel-server, skopeo, acl. */
@NullMarked
package dev.tengil.resource.pkg;

import org.jspecify.annotations.NullMarked;
