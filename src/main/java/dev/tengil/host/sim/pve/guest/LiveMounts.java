package dev.tengil.host.sim.pve.guest;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.tengil.host.sim.Disk;
import dev.tengil.host.sim.Table;
import dev.tengil.host.sim.World;
import dev.tengil.host.sim.Zdataset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What running containers have mounted. A mount keeps the file system that it was made of, so it survives that the dataset is renamed,
 * or unmounted on the host, and what lies in datasets below is not seen through it.
 */
final class LiveMounts {

    private static final String TABLE = "live";
    private static final String ROOT = "/";
    private final World world;

    LiveMounts(World world) {
        this.world = world;
    }

    /**
     * One mount of a running container.
     *
     * @param target where it is inside
     * @param root the directory that it shows
     * @param ids how its ids look inside
     */
    record Live(String target, Disk.Spot root, boolean readOnly, IdMap ids) {}

    /** Mounts what the config says at this key, unless something is mounted for it. */
    void plug(int vmid, Mounts.Mount mount, boolean unprivileged) {
        String source = source(mount);
        if (source == null || world.texts(TABLE).contains(vmid + " " + mount.key())) {
            return;
        }
        Disk.Spot spot = world.disk().place(source);
        Zdataset dataset = world.zfs().get(spot.fs());
        JsonObject row = new JsonObject();
        row.addProperty("target", mount.target());
        row.addProperty("fs", dataset == null ? ROOT : dataset.guid());
        row.addProperty("path", spot.path());
        row.addProperty("ro", mount.values().getOrDefault("ro", "0").equals("1"));
        row.addProperty("idmap", mount.values().getOrDefault("idmap", ""));
        row.addProperty("unprivileged", unprivileged);
        world.texts(TABLE).put(vmid + " " + mount.key(), new Gson().toJson(row));
        bound();
    }

    private @Nullable String source(Mounts.Mount mount) {
        return switch (mount.volume()) {
            case Volume.Bind(String path) -> path;
            case Volume.Stored stored -> {
                Storage storage = new Storages(world).find(stored.storage());
                String dataset = storage == null || !storage.isZfs() ? "" : storage.pool() + "/" + stored.name();
                Zdataset found = world.zfs().get(dataset);
                yield found == null || !found.mounted() ? null : world.zfs().mountpoint(dataset);
            }
            case Volume.Device _, Volume.New _ -> null;
        };
    }

    void unplug(int vmid) {
        Table<String> table = world.texts(TABLE);
        keys(vmid).forEach(table::remove);
        bound();
    }

    private List<String> keys(int vmid) {
        return world.texts(TABLE).rows().keySet().stream()
                .filter(key -> key.startsWith(vmid + " "))
                .toList();
    }

    /** Those of a container, the deepest target first. */
    List<Live> of(int vmid) {
        List<Live> mounts = new ArrayList<>();
        for (String key : keys(vmid)) {
            JsonObject row = JsonParser.parseString(
                            String.valueOf(world.texts(TABLE).get(key)))
                    .getAsJsonObject();
            String fs = fileSystem(row.get("fs").getAsString());
            if (fs != null) {
                mounts.add(new Live(
                        row.get("target").getAsString(),
                        new Disk.Spot(fs, row.get("path").getAsString()),
                        row.get("ro").getAsBoolean(),
                        IdMap.of(
                                row.get("unprivileged").getAsBoolean(),
                                row.get("idmap").getAsString())));
            }
        }
        mounts.sort(
                Comparator.comparingInt((Live live) -> live.target().length()).reversed());
        return mounts;
    }

    /** The name of the file system with this guid; null when it is gone. */
    private @Nullable String fileSystem(String guid) {
        if (guid.equals(ROOT)) {
            return ROOT;
        }
        return world.zfs().all().values().stream()
                .filter(dataset -> dataset.guid().equals(guid))
                .map(Zdataset::name)
                .findFirst()
                .orElse(null);
    }

    /** Notes by guid which datasets are mounted in running containers: ZFS destroys none of them. */
    private void bound() {
        Table<String> bound = world.texts("bound");
        List.copyOf(bound.rows().keySet()).forEach(bound::remove);
        world.texts(TABLE).rows().forEach((key, row) -> {
            String guid =
                    JsonParser.parseString(row).getAsJsonObject().get("fs").getAsString();
            if (!guid.equals(ROOT)) {
                bound.put(guid, key);
            }
        });
    }
}
