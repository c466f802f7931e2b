package dev.tengil.host.sim.pve;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.tengil.host.sim.pve.guest.Proxmox;
import dev.tengil.host.sim.pve.guest.PveFailure;
import dev.tengil.host.sim.pve.guest.Sizes;
import dev.tengil.host.sim.pve.guest.Storage;
import dev.tengil.host.sim.pve.guest.VolumeFiles;
import dev.tengil.host.sim.pve.schema.Format;
import dev.tengil.host.sim.pve.schema.Parameters;
import dev.tengil.host.sim.pve.schema.Property;
import dev.tengil.host.sim.pve.schema.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The endpoints of storages. */
final class StorageRoutes {

    private static final String NODE = "/nodes/{node}/storage";
    private static final Type BOOL = new Type.Bool();
    private static final List<String> TYPES = List.of(
            "btrfs",
            "cephfs",
            "cifs",
            "dir",
            "esxi",
            "iscsi",
            "iscsidirect",
            "lvm",
            "lvmthin",
            "nfs",
            "pbs",
            "rbd",
            "zfs",
            "zfspool");
    private static final List<Property> SETTINGS = List.of(
            Property.optional("content", new Type.ListOf(Format.STORAGE_CONTENT)),
            Property.optional("disable", BOOL),
            Property.optional("nodes", new Type.ListOf(Format.NODE)),
            Property.optional("sparse", BOOL),
            Property.optional("blocksize", Type.of(Format.ZFS_BLOCKSIZE)),
            Property.optional("mountpoint", Type.of(Format.STORAGE_PATH)),
            Property.optional("shared", BOOL),
            Property.optional("is_mountpoint", new Type.Text(0)),
            Property.optional("mkdir", BOOL),
            Property.optional("create-base-path", BOOL),
            Property.optional("create-subdirs", BOOL),
            Property.optional("prune-backups", new Type.Text(0)));

    static final Parameters ADD = plus(
            Property.required("type", new Type.OneOf(TYPES)),
            Property.required("storage", Type.of(Format.STORAGE_ID)),
            Property.optional("path", Type.of(Format.STORAGE_PATH)),
            Property.optional("pool", new Type.Text(0)));

    static final Parameters CHANGE = plus(
            Property.optional("pool", new Type.Text(0)),
            Property.optional("delete", new Type.ListOf(Format.CONFIG_ID)),
            Property.optional("digest", new Type.Text(64)));

    private StorageRoutes() {}

    private static Parameters plus(Property... more) {
        List<Property> all = new ArrayList<>(SETTINGS);
        all.addAll(List.of(more));
        return new Parameters(all);
    }

    static List<Route> all() {
        return List.of(
                Route.of(
                        Verb.GET,
                        "/storage",
                        StorageRoutes::definitions,
                        Property.optional("type", new Type.OneOf(TYPES))),
                Route.of(Verb.CREATE, "/storage", StorageRoutes::add, ADD),
                Route.of(
                        Verb.GET,
                        "/storage/{storage}",
                        request -> new Answer.Data(StorageViews.definition(request.pve(), storage(request)))),
                Route.of(Verb.SET, "/storage/{storage}", StorageRoutes::change, CHANGE),
                Route.of(Verb.DELETE, "/storage/{storage}", StorageRoutes::remove),
                Route.of(
                        Verb.GET,
                        NODE,
                        StorageRoutes::statuses,
                        Property.optional("content", new Type.ListOf(Format.STORAGE_CONTENT)),
                        Property.optional("enabled", BOOL),
                        Property.optional("format", BOOL),
                        Property.optional("storage", Type.of(Format.STORAGE_ID)),
                        Property.optional("target", Type.of(Format.NODE))),
                Route.of(
                        Verb.GET,
                        NODE + "/{storage}/status",
                        request -> new Answer.Data(StorageViews.status(request.pve(), storage(request)))),
                Route.of(
                        Verb.GET,
                        NODE + "/{storage}/content",
                        StorageRoutes::content,
                        Property.optional("content", Type.of(Format.STORAGE_CONTENT)),
                        Property.optional("vmid", Type.of(Format.VMID))),
                Route.of(
                        Verb.CREATE,
                        NODE + "/{storage}/content",
                        StorageRoutes::allocate,
                        Property.required("filename", new Type.Text(0)),
                        Property.required("size", new Type.Matching("\\d+[MG]?")),
                        Property.required("vmid", Type.of(Format.VMID)),
                        Property.optional("format", Type.oneOf("raw", "qcow2", "subvol", "vmdk"))),
                Route.of(
                        Verb.DELETE,
                        NODE + "/{storage}/content/{volume}",
                        StorageRoutes::free,
                        Property.optional("delay", Type.integer(1, 30))));
    }

    private static Storage storage(Request request) {
        return request.pve().storages().get(request.path().getOrDefault("storage", ""));
    }

    private static Answer definitions(Request request) {
        JsonArray out = new JsonArray();
        request.pve().storages().all().values().stream()
                .filter(storage -> request.option("type", storage.type()).equals(storage.type()))
                .forEach(storage -> out.add(StorageViews.definition(request.pve(), storage)));
        return new Answer.Data(out);
    }

    private static Answer add(Request request) {
        Proxmox pve = request.pve();
        Map<String, String> given = new LinkedHashMap<>(request.options());
        String type = String.valueOf(given.remove("type"));
        String id = String.valueOf(given.remove("storage"));
        if (pve.storages().find(id) != null
                && (!id.equals("local") || pve.world().disk().follow("/etc/pve/storage.cfg") != null)) {
            throw PveFailure.of("create storage failed: storage ID '" + id + "' already defined");
        }
        String needed = type.equals("zfspool") ? "pool" : type.equals("dir") ? "path" : "";
        if (!needed.isEmpty() && !given.containsKey(needed)) {
            throw PveFailure.parameter(needed, "property is missing and it is not optional");
        }
        String pool = given.getOrDefault("pool", "");
        if (type.equals("zfspool") && !pve.world().zfs().exists(pool)) {
            throw PveFailure.of("create storage failed: zfs error: cannot open '" + pool + "': dataset does not exist");
        }
        if (type.equals("dir")) {
            pve.world().disk().mkdirs(given.getOrDefault("path", "/") + "/template/cache", 0755);
        }
        pve.storages().put(new Storage(type, id, ordered(given)));
        JsonObject out = new JsonObject();
        out.addProperty("storage", id);
        out.addProperty("type", type);
        return new Answer.Data(out);
    }

    /** What a storage is at comes first, as Proxmox writes it. */
    private static Map<String, String> ordered(Map<String, String> given) {
        Map<String, String> ordered = new LinkedHashMap<>();
        for (String first : List.of("path", "pool")) {
            if (given.containsKey(first)) {
                ordered.put(first, given.get(first));
            }
        }
        new TreeMap<>(given).forEach(ordered::putIfAbsent);
        return ordered;
    }

    private static Answer change(Request request) {
        Storage storage = find(request, "update");
        Map<String, String> properties = new LinkedHashMap<>(storage.properties());
        Map<String, String> given = new LinkedHashMap<>(request.options());
        Format.split(String.valueOf(given.getOrDefault("delete", ""))).forEach(properties::remove);
        given.remove("delete");
        given.remove("digest");
        properties.putAll(given);
        request.pve().storages().put(new Storage(storage.type(), storage.id(), properties));
        JsonObject out = new JsonObject();
        out.addProperty("storage", storage.id());
        out.addProperty("type", storage.type());
        return new Answer.Data(out);
    }

    private static Storage find(Request request, String action) {
        String id = request.path().getOrDefault("storage", "");
        Storage storage = request.pve().storages().find(id);
        if (storage == null) {
            throw PveFailure.of(action + " storage failed: storage '" + id + "' does not exist");
        }
        return storage;
    }

    private static Answer remove(Request request) {
        request.pve().storages().remove(find(request, "delete").id());
        return new Answer.Nothing();
    }

    private static Answer statuses(Request request) {
        List<String> wanted = Format.split(request.option("content", ""));
        JsonArray out = new JsonArray();
        for (Storage storage : request.pve().storages().all().values()) {
            boolean fits = wanted.isEmpty() || wanted.stream().anyMatch(storage.content()::contains);
            boolean named = request.option("storage", storage.id()).equals(storage.id());
            if (fits && named && (storage.isEnabled() || !request.isOn("enabled"))) {
                out.add(StorageViews.status(request.pve(), storage));
            }
        }
        return new Answer.Data(out);
    }

    private static Answer content(Request request) {
        List<StorageViews.Item> items = StorageViews.content(request.pve(), storage(request));
        return new Answer.Data(StorageViews.content(items.stream()
                .filter(item -> request.option("content", item.content()).equals(item.content()))
                .filter(item ->
                        request.option("vmid", Integer.toString(item.owner())).equals(Integer.toString(item.owner())))
                .toList()));
    }

    private static Answer allocate(Request request) {
        long size = Sizes.parse(request.option("size", "0"));
        boolean bare = request.option("size", "").matches("\\d+");
        String volid = VolumeFiles.allocate(
                request.pve(), storage(request), request.option("filename", ""), bare ? size * 1024 : size);
        return new Answer.Data(new JsonPrimitive(volid));
    }

    private static Answer free(Request request) {
        String volume = request.path().getOrDefault("volume", "");
        String volid = volume.contains(":") ? volume : storage(request).id() + ":" + volume;
        return new Answer.Worker(request.pve()
                .tasks()
                .run("imgdel", volid.replace(':', '@'), _ -> VolumeFiles.free(request.pve(), volid)));
    }
}
