package dev.tengil.resource.facts;

import dev.tengil.host.HostFile;
import dev.tengil.model.DatasetName;
import dev.tengil.model.HostPath;
import dev.tengil.model.ImageReference;
import dev.tengil.model.VmId;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;

/**
 * Everything that planning may know of the host: immutable, taken once. A map without an entry means "looked, and it is not there".
 *
 * @param node the machine itself
 * @param pools imported pools by name
 * @param datasets file systems and volumes of the pools, without snapshots
 * @param files content of the files that were asked for, by path
 * @param paths what stands at the paths that were asked for
 * @param guests containers and virtual machines of the whole cluster
 * @param resourcePools Proxmox's resource pools
 * @param storages Proxmox storages of this node by id
 * @param bridges names of network bridges
 * @param templates container templates: downloaded ones and those that can be
 * @param images images by the reference in the file
 * @param accounts users and groups
 * @param packages installed Debian packages among those that were asked for
 * @param exports lines of {@code exportfs -s}
 * @param smbBaseline what {@code testparm} says of the present smb.conf
 * @param ports the node as the network sees it
 * @param seed random number of this observation, from which MACs and names are made
 */
public record Facts(
        Node node,
        SortedMap<String, Pool> pools,
        SortedMap<DatasetName, Dataset> datasets,
        SortedMap<HostPath, HostFile> files,
        SortedMap<HostPath, PathInfo> paths,
        SortedMap<VmId, Guest> guests,
        ResourcePools resourcePools,
        SortedMap<String, Storage> storages,
        SortedSet<String> bridges,
        List<Template> templates,
        SortedMap<ImageReference, ImageFacts> images,
        Accounts accounts,
        SortedSet<String> packages,
        List<String> exports,
        SmbBaseline smbBaseline,
        NodePorts ports,
        long seed) {

    /** The same with more known of the images. */
    public Facts withImages(SortedMap<ImageReference, ImageFacts> known) {
        return new Facts(
                node,
                pools,
                datasets,
                files,
                paths,
                guests,
                resourcePools,
                storages,
                bridges,
                templates,
                known,
                accounts,
                packages,
                exports,
                smbBaseline,
                ports,
                seed);
    }
}
