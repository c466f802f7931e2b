package dev.tengil.resource.facts;

import dev.tengil.host.Command;
import dev.tengil.host.Host;
import dev.tengil.host.HostException;
import dev.tengil.host.HostFile;
import dev.tengil.model.DatasetName;
import dev.tengil.model.Diagnostic;
import dev.tengil.model.Diagnostics;
import dev.tengil.model.HostPath;
import dev.tengil.model.ImageReference;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Looks at a host in two breaths: everything that can be asked at once, then owners and ACLs at the paths that the first breath brought
 * to light. The number of process starts does not depend on how much there is to see.
 */
public final class Observer {

    private static final List<HostPath> FILES = List.of(
            HostPath.of("/etc/pve/storage.cfg"),
            ResourcePools.FILE,
            HostPath.of("/etc/pve/ha/resources.cfg"),
            HostPath.of("/etc/pve/replication.cfg"),
            HostPath.of("/etc/samba"),
            HostPath.of("/etc/exports"),
            HostPath.of("/etc/exports.d"),
            HostPath.of("/etc/hostname"),
            HostPath.of("/etc/kernel/proxmox-boot-uuids"));
    private static final HostPath CONTAINERS = HostPath.of("/etc/pve/lxc");
    private static final List<String> PACKAGES = List.of("samba", "nfs-kernel-server", "skopeo", "acl", "nftables");

    private Observer() {}

    /** What was seen; errors in the diagnostics mean that it must not be planned upon. */
    public record Observation(Facts facts, Diagnostics diagnostics) {}

    /** Looks; images are asked about through the host. */
    public static Observation observe(Host host, Wanted wanted, long seed) throws HostException {
        return observe(host, wanted, new SkopeoSource(host), seed);
    }

    /** Looks. */
    public static Observation observe(Host host, Wanted wanted, ImageSource registries, long seed)
            throws HostException {
        Diagnostics diagnostics = new Diagnostics();
        try (Questions ask = new Questions(host, diagnostics)) {
            boolean guests = wanted.containers();
            List<HostPath> files = new ArrayList<>(FILES);
            files.addAll(wanted.files());
            if (guests) {
                files.add(CONTAINERS);
            }
            Future<SortedMap<HostPath, HostFile>> read = ask.files(files);
            Future<Questions.Answer> zpool = ask.command(ZfsFacts.pools());
            Future<Questions.Answer> zfs = ask.command(ZfsFacts.datasets(wanted.pools(), wanted.properties()));
            Future<Questions.Answer> passwd = ask.command(Command.reads("getent", "passwd"));
            Future<Questions.Answer> group = ask.command(Command.reads("getent", "group"));
            Future<Questions.Answer> packages = ask.command(dpkg());
            Future<Questions.Answer> versions = ask.command(Command.reads("pveversion", "-v"));
            ProxmoxQuestions proxmox = guests ? new ProxmoxQuestions(ask, wanted.templates()) : ProxmoxQuestions.none();
            Future<Questions.Answer> smbUsers = ask.commandIf(wanted.smb(), Command.reads("pdbedit", "-L"));
            Future<Questions.Answer> testparm = ask.commandIf(wanted.smb(), Command.reads("testparm", "-s"));
            Future<Questions.Answer> exports = ask.commandIf(wanted.nfs(), Command.reads("exportfs", "-s"));
            Future<Questions.Answer> sockets =
                    ask.commandIf(wanted.forwards(), Command.reads("ss", "-H", "-l", "-n", "-t", "-u", "-p"));
            Future<Questions.Answer> tables = ask.commandIf(wanted.forwards(), Command.reads("nft", "list", "tables"));
            ImageQuestions images = new ImageQuestions(ask, registries, wanted.images());

            SortedMap<HostPath, HostFile> seenFiles = ask.await(read, new TreeMap<>());
            SortedMap<DatasetName, Dataset> datasets = ZfsFacts.readDatasets(ask.answer(zfs), diagnostics);
            SortedMap<HostPath, PathInfo> paths = PathFacts.look(ask, paths(wanted, datasets));
            SortedMap<String, String> installed = PackageFacts.pveversion(ask.answer(versions));
            Node node = node(ask, seenFiles, installed, proxmox, datasets);
            SortedMap<String, Storage> storages = proxmox.storages(ask, seenFiles);
            ResourcePools resourcePools = ResourcePools.of(seenFiles);
            Facts facts = new Facts(
                    node,
                    ZfsFacts.readPools(ask.answer(zpool), diagnostics),
                    datasets,
                    seenFiles,
                    paths,
                    proxmox.guests(ask, seenFiles, node.name(), resourcePools),
                    resourcePools,
                    storages,
                    proxmox.bridges(ask),
                    proxmox.templates(ask, storages),
                    node.proxmox() ? images.answers(ask) : new TreeMap<>(),
                    AccountFacts.read(ask.answer(passwd), ask.answer(group), ask.answer(smbUsers)),
                    PackageFacts.dpkg(ask.answer(packages)),
                    ask.answer(exports).text().lines().toList(),
                    smb(ask.plainly(testparm), diagnostics),
                    NodePorts.read(
                            ask.answer(sockets).text(), ask.answer(tables).text(), proxmox.addresses(ask)),
                    seed);
            return new Observation(facts, diagnostics);
        }
    }

    private static Command dpkg() {
        List<String> argv = new ArrayList<>(List.of("dpkg-query", "-W", "-f", "${Package} ${db:Status-Status}\\n"));
        argv.addAll(PACKAGES);
        return Command.reads(argv).withOkExits(0, 1);
    }

    /** Mountpoints of the datasets that matter, also of those that are not made yet, and the further paths. */
    private static SortedSet<HostPath> paths(Wanted wanted, SortedMap<DatasetName, Dataset> datasets) {
        SortedSet<HostPath> paths = new TreeSet<>(wanted.paths());
        for (DatasetName name : wanted.datasets()) {
            HostPath mountpoint = mountpoint(name, datasets);
            if (mountpoint != null) {
                paths.add(mountpoint);
            }
        }
        return paths;
    }

    /** Where a dataset is mounted, or would be by inheritance. */
    static @Nullable HostPath mountpoint(DatasetName name, SortedMap<DatasetName, Dataset> datasets) {
        Dataset found = datasets.get(name);
        if (found != null || name.isPoolRoot()) {
            return found == null ? null : found.mountpoint();
        }
        HostPath parent = mountpoint(name.parent(), datasets);
        return parent == null ? null : parent.resolve(name.leaf());
    }

    private static Node node(
            Questions ask,
            SortedMap<HostPath, HostFile> files,
            SortedMap<String, String> versions,
            ProxmoxQuestions proxmox,
            SortedMap<DatasetName, Dataset> datasets)
            throws HostException {
        HostFile hostname = files.get(HostPath.of("/etc/hostname"));
        String name = hostname == null ? "localhost" : hostname.content().text().strip();
        boolean bootTool = files.containsKey(HostPath.of("/etc/kernel/proxmox-boot-uuids"));
        boolean onZfs =
                datasets.keySet().stream().anyMatch(dataset -> dataset.value().startsWith("rpool/ROOT"));
        ProxmoxQuestions.Machine machine = proxmox.machine(ask);
        return new Node(name, !versions.isEmpty(), versions, machine.cpus(), machine.memory(), onZfs && !bootTool);
    }

    private static SmbBaseline smb(Questions.Answer answer, Diagnostics diagnostics) {
        if (answer.failed()) {
            diagnostics.add(Diagnostic.error(
                            "smb.broken",
                            "Samba cannot read the configuration that it has: " + Questions.said(answer.errors()))
                    .help(
                            "Somebody's change broke /etc/samba/smb.conf or a file that it includes; testparm -s checks it. Nothing"
                                    + " was done."));
        }
        return answer.missing() || answer.failed()
                ? SmbBaseline.NONE
                : new SmbBaseline(answer.text(), answer.errors().lines().toList());
    }

    /** Adds the standard complaint about an answer that makes no sense. */
    static void unreadable(Diagnostics diagnostics, Command command, String why) {
        diagnostics.add(Diagnostic.error(
                        "host.unreadable",
                        "the answer of \""
                                + String.join(
                                        " ",
                                        command.argv()
                                                .subList(
                                                        0,
                                                        Math.min(
                                                                4,
                                                                command.argv().size()))) + "\" was not understood: "
                                + why)
                .help("Run it on the host and look. If it looks right, please report it."));
    }

    /** An image whose digest or config could not be learned, by reference. */
    static void unknownImage(Diagnostics diagnostics, ImageReference image, String why) {
        diagnostics.add(Diagnostic.warning("image.unknown", "the registry did not tell about " + image + ": " + why)
                .help("Check the name and the host's network."));
    }
}
