package dev.tengil.resource.facts;

import dev.tengil.model.DatasetName;
import dev.tengil.model.HostPath;
import dev.tengil.model.ImageReference;
import java.util.SortedSet;

/**
 * What is worth looking at, worked out from the file and the state before the host is asked.
 *
 * @param pools pools to read; all imported ones are listed
 * @param properties ZFS properties to read besides those that facts always hold
 * @param datasets datasets whose mountpoint's owner, mode and ACL matter
 * @param paths further paths whose kind, owner, mode and ACL matter
 * @param files files (or directories of files) to read besides those that facts always hold
 * @param images images whose digest or config nobody knows yet
 * @param templates whether a template's newest version must be looked up
 * @param containers whether the file or the state has containers
 * @param smb whether the file or the state has SMB shares
 * @param nfs whether the file or the state has NFS exports
 * @param forwards whether the file or the state has ports that the node forwards
 */
public record Wanted(
        SortedSet<String> pools,
        SortedSet<String> properties,
        SortedSet<DatasetName> datasets,
        SortedSet<HostPath> paths,
        SortedSet<HostPath> files,
        SortedSet<ImageReference> images,
        boolean templates,
        boolean containers,
        boolean smb,
        boolean nfs,
        boolean forwards) {}
