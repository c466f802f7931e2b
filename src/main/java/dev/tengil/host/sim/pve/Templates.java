package dev.tengil.host.sim.pve;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.tengil.host.sim.Inode;
import dev.tengil.host.sim.pve.guest.Proxmox;
import dev.tengil.host.sim.pve.guest.PveFailure;
import dev.tengil.host.sim.pve.guest.Storage;
import dev.tengil.host.sim.pve.guest.Tasks;
import dev.tengil.host.sim.pve.guest.TemplateFile;
import dev.tengil.host.sim.pve.guest.TemplateOffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The templates that can be downloaded: those of the world's {@code templates}, or the usual ones. */
final class Templates {

    private static final long USUAL_SIZE = 120L << 20;
    private static final List<String> USUAL = List.of(
            "almalinux-10-default_20250930_amd64.tar.xz",
            "alpine-3.22-default_20250617_amd64.tar.xz",
            "alpine-3.23-default_20260116_amd64.tar.xz",
            "archlinux-base_20240911-1_amd64.tar.zst",
            "debian-12-standard_12.12-1_amd64.tar.zst",
            "debian-13-standard_13.1-1_amd64.tar.zst",
            "debian-13-standard_13.1-2_amd64.tar.zst",
            "fedora-43-default_20260115_amd64.tar.xz",
            "ubuntu-24.04-standard_24.04-2_amd64.tar.zst",
            "ubuntu-25.04-standard_25.04-1.1_amd64.tar.zst");

    private Templates() {}

    /** In the order in which they are printed. */
    static List<TemplateOffer> offers(Proxmox pve) {
        List<String> names = new ArrayList<>();
        JsonElement described = pve.described("templates");
        JsonElement available = described instanceof JsonObject object ? object.get("available") : described;
        if (available instanceof JsonArray list) {
            list.forEach(name -> names.add(name.getAsString()));
        } else if (isReachable(pve)) {
            names.addAll(USUAL);
        }
        return names.stream()
                .sorted()
                .map(name -> new TemplateOffer(
                        name, "system", name.replaceFirst("-[a-z]+_.*", ""), USUAL_SIZE + name.hashCode() % 4096))
                .toList();
    }

    /** Whether the server that has the templates answers. */
    static boolean isReachable(Proxmox pve) {
        return !(pve.described("templates") instanceof JsonObject object
                && object.get("unreachable") instanceof JsonPrimitive said
                && said.getAsBoolean());
    }

    static @Nullable TemplateOffer find(Proxmox pve, String file) {
        return offers(pve).stream()
                .filter(offer -> offer.file().equals(file))
                .findFirst()
                .orElse(null);
    }

    /** Downloads one to a storage. */
    static Tasks.Task download(Proxmox pve, Storage storage, String file) {
        TemplateOffer offer = find(pve, file);
        if (offer == null) {
            throw PveFailure.parameter("template", "no such template");
        }
        if (!storage.hasPath() || !storage.content().contains("vztmpl")) {
            throw PveFailure.of("storage '" + storage.id() + "' does not support templates");
        }
        String path = storage.templates() + "/" + file;
        return pve.tasks().run("download", file, log -> {
            String url = "http://download.proxmox.com/images/system/" + file;
            log.line("downloading " + url + " to " + path);
            if (pve.world().disk().follow(path) != null) {
                log.line("OK, got correct file already, no need to download");
                return;
            }
            if (!isReachable(pve)) {
                throw PveFailure.of("download failed: 599 Could not resolve host: download.proxmox.com");
            }
            for (int percent : new int[] {25, 50, 75, 100}) {
                log.line(
                        offer.size() / 1024 * percent / 100 + "K ........ ........ ........ ........ " + percent + "%");
            }
            log.line("calculating checksum...OK, checksum verified");
            put(pve, storage, file, offer.size());
            log.line("download of '" + url + "' to '" + path + "' finished");
        });
    }

    /** Puts a template on a storage as if it had been downloaded. */
    static void put(Proxmox pve, Storage storage, String file, long size) {
        pve.world().disk().mkdirs(storage.templates(), 0755);
        pve.world()
                .disk()
                .put(
                        storage.templates() + "/" + file,
                        Inode.file(
                                TemplateFile.content(size),
                                0644,
                                0,
                                0,
                                pve.world().now().getEpochSecond()));
    }
}
