/** SMB shares, in one file of ours that smb.conf includes. */
@NullMarked
package dev.tengil.resource.smb;

import org.jspecify.annotations.NullMarked;
