package dev.tengil.plan;

import dev.tengil.model.DatasetName;
import dev.tengil.model.Fields;
import dev.tengil.model.HostPath;
import dev.tengil.resource.Applied;
import dev.tengil.resource.Declaration;
import dev.tengil.resource.container.ContainerKeys;
import dev.tengil.resource.facts.Accounts;
import dev.tengil.resource.facts.Dataset;
import dev.tengil.resource.facts.Facts;
import dev.tengil.resource.facts.ImageFacts;
import dev.tengil.resource.facts.Node;
import dev.tengil.resource.facts.NodePorts;
import dev.tengil.resource.facts.Pool;
import dev.tengil.resource.facts.ResourcePools;
import dev.tengil.resource.facts.SmbBaseline;
import dev.tengil.resource.facts.Storage;
import dev.tengil.resource.facts.Template;
import dev.tengil.resource.facts.Wanted;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A host that has whatever a file asks for, and nothing else: what is wrong even there is wrong with the file. */
public final class AnyHost {

    private static final long MUCH = 1L << 50;

    private AnyHost() {}

    /** What would be observed on it. */
    public static Facts facts(Fields fields, Declarations declared) {
        Wanted wanted = Lookups.of(fields, declared, Map.of(), Applied.empty("main", ""));
        SortedMap<String, Pool> pools = new TreeMap<>();
        SortedMap<DatasetName, Dataset> datasets = new TreeMap<>();
        for (String pool : wanted.pools()) {
            pools.put(pool, new Pool(pool, MUCH, MUCH, "ONLINE", false, false));
            DatasetName root = DatasetName.of(pool);
            datasets.put(root, new Dataset(root, false, HostPath.of("/" + pool), true, pool, MUCH, new TreeMap<>()));
        }
        SortedMap<dev.tengil.model.ImageReference, ImageFacts> images = new TreeMap<>();
        wanted.images().forEach(image -> images.put(image, ImageFacts.ANY));
        return new Facts(
                new Node(
                        "pve",
                        true,
                        new TreeMap<>(Map.of("pve-manager", "99", "pve-container", "99")),
                        8192,
                        MUCH,
                        false),
                pools,
                datasets,
                new TreeMap<>(),
                new TreeMap<>(),
                new TreeMap<>(),
                new ResourcePools(new TreeMap<>()),
                storages(fields, declared),
                new TreeSet<>(List.of("vmbr0")),
                declared.containers().stream()
                        .map(each -> each.fields().value(ContainerKeys.TEMPLATE))
                        .filter(name -> name != null)
                        .map(name -> new Template(name.contains(".") ? name : name + "_1_amd64.tar.zst", "local"))
                        .toList(),
                images,
                new Accounts(new TreeMap<>(), new TreeMap<>(), new TreeSet<>()),
                new TreeSet<>(List.of("samba", "nfs-kernel-server", "skopeo", "acl", "nftables")),
                List.of(),
                SmbBaseline.NONE,
                NodePorts.NONE,
                0);
    }

    private static SortedMap<String, Storage> storages(Fields file, Declarations declared) {
        SortedMap<String, Storage> storages = new TreeMap<>();
        add(storages, "local-zfs");
        add(storages, "local");
        declared.containers().stream().map(Declaration::fields).forEach(each -> named(storages, each));
        Fields defaults = file.value(TengilFile.DEFAULTS);
        if (defaults != null) {
            named(storages, defaults);
        }
        return storages;
    }

    private static void named(SortedMap<String, Storage> storages, Fields fields) {
        add(storages, fields.value(ContainerKeys.STORAGE));
        add(storages, fields.value(ContainerKeys.TEMPLATE_STORAGE));
    }

    private static void add(SortedMap<String, Storage> storages, @Nullable String id) {
        if (id != null) {
            boolean directory = id.equals("local");
            storages.put(
                    id,
                    new Storage(
                            id,
                            directory ? "dir" : "zfspool",
                            new TreeSet<>(List.of("images", "rootdir", "vztmpl", "iso")),
                            true,
                            MUCH,
                            directory ? null : "rpool/data",
                            directory ? "/var/lib/vz" : null));
        }
    }
}
