package dev.tengil.plan;

import dev.tengil.model.Address;
import dev.tengil.model.DatasetName;
import dev.tengil.model.Fields;
import dev.tengil.model.HostPath;
import dev.tengil.model.ImageReference;
import dev.tengil.model.Key;
import dev.tengil.resource.Applied;
import dev.tengil.resource.Declaration;
import dev.tengil.resource.ImagePin;
import dev.tengil.resource.container.ContainerLookups;
import dev.tengil.resource.dataset.DatasetKeys;
import dev.tengil.resource.discovery.DiscoveryFile;
import dev.tengil.resource.discovery.DiscoveryKeys;
import dev.tengil.resource.discovery.DiscoveryKind;
import dev.tengil.resource.facts.Wanted;
import dev.tengil.resource.forward.Forward;
import dev.tengil.resource.forward.ForwardResolver;
import dev.tengil.resource.nfs.NfsKeys;
import dev.tengil.resource.restart.Restart;
import dev.tengil.resource.restart.RestartKind;
import dev.tengil.resource.smb.SmbKeys;
import dev.tengil.resource.user.UserKeys;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/** Works out from file and state what is worth looking at, before the host is asked. */
public final class Lookups {

    private Lookups() {}

    /** All that matters to what the file declares and to what was applied. */
    public static Wanted of(Fields file, Declarations declared, Map<ImageReference, ImagePin> lock, Applied applied) {
        SortedSet<String> pools = new TreeSet<>();
        SortedSet<String> properties = new TreeSet<>(java.util.List.of(
                "recordsize", "compression", "atime", "logbias", "quota", "refquota", "reservation", "acltype"));
        SortedSet<DatasetName> datasets = new TreeSet<>();
        SortedSet<HostPath> paths = new TreeSet<>();
        file.valueOr(DatasetKeys.PROFILES, Map.of())
                .values()
                .forEach(profile -> addProperties(profile.value(), properties));
        for (Declaration declaration : declared.datasets()) {
            DatasetName name = DatasetName.of(declaration.name());
            pools.add(name.pool());
            datasets.add(name);
            addProperties(declaration.fields(), properties);
            HostPath mountpoint = declaration.fields().value(DatasetKeys.MOUNTPOINT);
            if (mountpoint != null) {
                paths.add(mountpoint);
            }
        }
        for (Address address : applied.resources().keySet()) {
            switch (address.kind()) {
                case "dataset" -> {
                    for (String field :
                            applied.resources().get(address).fields().keySet()) {
                        if (field.startsWith("zfs.")) {
                            properties.add(field.substring("zfs.".length()));
                        }
                    }
                }
                case "directory" -> paths.add(HostPath.of(address.name()));
                default -> {
                    // nothing to look for beyond what is always looked at
                }
            }
        }
        ContainerLookups containers = ContainerLookups.of(declared.containers(), lock, applied);
        containers.paths().forEach(path -> addWithAncestors(path, paths));
        pools.addAll(containers.pools());
        addPaths(declared.smb(), SmbKeys.PATH, paths);
        addPaths(declared.nfs(), NfsKeys.PATH, paths);
        boolean forwards =
                containers.forwards() || !applied.ofKind(Forward.KIND).isEmpty();
        SortedSet<HostPath> files = new TreeSet<>(containers.files());
        if (forwards) {
            files.addAll(ForwardResolver.files(applied.stack()));
        }
        if (containers.restarts() || !applied.ofKind(Restart.KIND).isEmpty()) {
            files.addAll(RestartKind.files(applied));
        }
        Fields discovery = file.value(DiscoveryKeys.DISCOVERY);
        for (Key<Fields> program : java.util.List.of(DiscoveryKeys.TRAEFIK, DiscoveryKeys.HOMEPAGE)) {
            Fields said = discovery == null ? null : discovery.value(program);
            HostPath path = said == null ? null : said.value(DiscoveryKeys.FILE);
            if (path != null) {
                files.add(path);
                addWithAncestors(path, paths);
            }
        }
        applied.ofKind(DiscoveryFile.KIND).forEach(resource -> {
            HostPath path = DiscoveryKind.path(resource);
            if (path != null) {
                files.add(path);
            }
        });
        return new Wanted(
                pools,
                properties,
                datasets,
                paths,
                files,
                containers.images(),
                containers.templates(),
                !declared.containers().isEmpty() || !applied.ofKind("container").isEmpty(),
                !declared.smb().isEmpty() || !applied.ofKind("smb").isEmpty() || samba(declared, applied),
                !declared.nfs().isEmpty() || !applied.ofKind("nfs").isEmpty(),
                forwards);
    }

    /** Whether somebody has, or had from us, a password of Samba, share or no share. */
    private static boolean samba(Declarations declared, Applied applied) {
        return declared.users().stream().anyMatch(user -> user.fields().has(UserKeys.SMB_PASSWORD))
                || applied.ofKind("user").stream()
                        .anyMatch(user -> user.fields().containsKey(UserKeys.SMB_PASSWORD.name()));
    }

    private static void addPaths(Iterable<Declaration> shares, Key<HostPath> key, SortedSet<HostPath> paths) {
        for (Declaration share : shares) {
            HostPath path = share.fields().value(key);
            if (path != null) {
                addWithAncestors(path, paths);
            }
        }
    }

    /** Directories above may have to be made too, and one that exists must be known, so that it is not touched. */
    private static void addWithAncestors(HostPath path, SortedSet<HostPath> paths) {
        for (HostPath here = path; !here.value().equals("/"); here = here.parent()) {
            paths.add(here);
        }
    }

    /** Names that zfs would refuse are refused later, with their place; asking for them would make the whole look fail. */
    private static void addProperties(Fields fields, SortedSet<String> properties) {
        fields.valueOr(DatasetKeys.ZFS, Map.of()).forEach((name, text) -> {
            if (DatasetKeys.isKnown(name.value(), text.value())) {
                properties.add(name.value());
            }
        });
    }
}
