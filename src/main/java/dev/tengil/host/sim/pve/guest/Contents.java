package dev.tengil.host.sim.pve.guest;

import dev.tengil.host.Bytes;
import dev.tengil.host.sim.Zdataset;
import org.jspecify.annotations.Nullable;

/** Remembers which image a root disk was unpacked from, under the disk's own identity, so that renaming it keeps it. */
final class Contents {

    private static final String TABLE = "contents";

    private Contents() {}

    static void remember(Proxmox pve, Section section, RegistryImage image) {
        pve.world().texts(TABLE).put(key(pve, section), image.document().text());
    }

    /** Another root disk has the same in it. */
    static void copy(Proxmox pve, Section from, Section to) {
        RegistryImage image = of(pve, from);
        if (image != null) {
            remember(pve, to, image);
        }
    }

    /** The image, null for a disk that was no image's. */
    static @Nullable RegistryImage of(Proxmox pve, Section section) {
        String text = pve.world().texts(TABLE).get(key(pve, section));
        return text == null ? null : RegistryImage.fromDocument(Bytes.utf8(text));
    }

    private static String key(Proxmox pve, Section section) {
        String root = section.get("rootfs", "");
        if (Volume.parse(MountString.read(root).getOrDefault("volume", "")) instanceof Volume.Stored stored) {
            Storage storage = pve.storages().find(stored.storage());
            if (storage != null && storage.isZfs()) {
                Zdataset dataset = pve.world().zfs().get(storage.pool() + "/" + stored.name());
                return dataset == null ? stored.id() : dataset.guid();
            }
            return stored.id();
        }
        return root;
    }
}
