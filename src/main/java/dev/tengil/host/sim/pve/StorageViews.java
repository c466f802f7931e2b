package dev.tengil.host.sim.pve;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.tengil.host.sim.Inode;
import dev.tengil.host.sim.Zdataset;
import dev.tengil.host.sim.pve.guest.Proxmox;
import dev.tengil.host.sim.pve.guest.Storage;
import dev.tengil.host.sim.pve.guest.Storages;
import dev.tengil.host.sim.pve.guest.TemplateFile;
import dev.tengil.host.sim.pve.guest.Volume;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** What the API and the programs show of storages. */
final class StorageViews {

    /**
     * Something that stands on a storage.
     *
     * @param owner the container whose volume it is, -1 for none
     */
    record Item(String volid, String format, String content, long size, long time, int owner) {}

    private StorageViews() {}

    static JsonObject definition(Proxmox pve, Storage storage) {
        JsonObject out = new JsonObject();
        storage.properties().forEach((key, value) -> {
            JsonElement json =
                    key.equals("disable") || key.equals("sparse") || key.equals("shared") || key.equals("priority")
                            ? Json.scalar(value)
                            : new com.google.gson.JsonPrimitive(value);
            out.add(key, json);
        });
        out.addProperty("content", String.join(",", storage.content()));
        out.addProperty("storage", storage.id());
        out.addProperty("type", storage.type());
        out.addProperty("digest", pve.storages().digest());
        return out;
    }

    static JsonObject status(Proxmox pve, Storage storage) {
        Storages.Space space = storage.isEnabled() ? pve.storages().space(storage) : new Storages.Space(false, 0, 0);
        JsonObject out = new JsonObject();
        out.addProperty("storage", storage.id());
        out.addProperty("type", storage.type());
        out.addProperty("content", String.join(",", storage.content()));
        out.addProperty("active", space.active() ? 1 : 0);
        out.addProperty("enabled", storage.isEnabled() ? 1 : 0);
        out.addProperty("shared", 0);
        out.addProperty("total", space.total());
        out.addProperty("used", space.used());
        out.addProperty("avail", space.available());
        if (space.total() > 0) {
            out.addProperty("used_fraction", (double) space.used() / space.total());
        }
        return out;
    }

    /** Everything on a storage, by name. */
    static List<Item> content(Proxmox pve, Storage storage) {
        List<Item> items = new ArrayList<>();
        if (storage.hasPath() && storage.content().contains("vztmpl")) {
            for (String name : pve.world().disk().list(storage.templates())) {
                Inode file = pve.world().disk().follow(storage.templates() + "/" + name);
                if (file != null && name.matches(".*\\.(?:tar|tar\\.(?:gz|xz|zst|bz2)|tgz)")) {
                    items.add(new Item(
                            storage.id() + ":vztmpl/" + name,
                            format(name),
                            "vztmpl",
                            TemplateFile.size(file),
                            file.modified(),
                            -1));
                }
            }
        }
        if (storage.isZfs() && pve.world().zfs().exists(storage.pool())) {
            for (Zdataset dataset : pve.world().zfs().tree(storage.pool(), false)) {
                String name = dataset.name()
                        .substring(Math.min(
                                storage.pool().length() + 1, dataset.name().length()));
                int owner = new Volume.Stored(storage.id(), name).owner();
                if (owner > 0 && name.indexOf('/') < 0) {
                    String quota = dataset.properties().getOrDefault("refquota", "0");
                    items.add(new Item(
                            storage.id() + ":" + name,
                            "subvol",
                            pve.guests().exists(owner) ? "rootdir" : "images",
                            Long.parseLong(quota),
                            dataset.created(),
                            owner));
                }
            }
        }
        items.sort(Comparator.comparing((Item item) -> item.volid().toLowerCase(Locale.ROOT)));
        return items;
    }

    private static String format(String name) {
        return name.endsWith(".tar")
                ? "tar"
                : name.endsWith("tgz") ? "tgz" : "t" + name.substring(name.lastIndexOf('.') + 1);
    }

    static JsonArray content(List<Item> items) {
        JsonArray out = new JsonArray();
        for (Item item : items) {
            JsonObject each = new JsonObject();
            each.addProperty("volid", item.volid());
            each.addProperty("format", item.format());
            each.addProperty("content", item.content());
            each.addProperty("size", item.size());
            each.addProperty("ctime", item.time());
            if (item.owner() > 0) {
                each.addProperty("vmid", item.owner());
            }
            out.add(each);
        }
        return out;
    }
}
