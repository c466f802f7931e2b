package dev.tengil.host.sim.pve;

import dev.tengil.host.sim.Inode;
import dev.tengil.host.sim.pve.guest.Proxmox;
import dev.tengil.host.sim.pve.guest.PveFailure;
import dev.tengil.host.sim.pve.guest.RegistryImage;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.function.Consumer;

/** Copies an image into an archive, with the lines that skopeo prints. */
final class ImageCopy {

    private ImageCopy() {}

    static void lines(RegistryImage image, Consumer<String> out) {
        out.accept("Getting image source signatures");
        image.layers().forEach(layer -> out.accept("Copying blob " + layer.digest()));
        out.accept("Copying config " + image.configDigest());
        out.accept("Writing manifest to image destination");
    }

    static void write(Proxmox pve, RegistryImage image, String path) {
        pve.world()
                .disk()
                .put(
                        path,
                        Inode.file(
                                image.document(), 0644, 0, 0, pve.world().now().getEpochSecond()));
    }

    /** A line as skopeo logs it when it gives up. */
    static String fatal(Proxmox pve, String message) {
        String time = DateTimeFormatter.ISO_INSTANT.format(pve.world().now().atOffset(ZoneOffset.UTC));
        return "time=\"" + time + "\" level=fatal msg=\"" + message.replace("\"", "\\\"") + "\"";
    }

    /** What a method of the API says when skopeo is not there. */
    static void requireSkopeo(Proxmox pve) {
        if (!pve.isInstalled("skopeo")) {
            throw PveFailure.of("skopeo is not installed, cannot pull OCI images");
        }
    }
}
