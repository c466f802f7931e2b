package dev.tengil.host.sim.pve;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.tengil.host.sim.pve.guest.Proxmox;
import dev.tengil.host.sim.pve.guest.PveFailure;
import dev.tengil.host.sim.pve.guest.Storage;
import dev.tengil.host.sim.pve.guest.Tasks;
import dev.tengil.host.sim.pve.schema.Format;
import dev.tengil.host.sim.pve.schema.Property;
import dev.tengil.host.sim.pve.schema.Type;
import dev.tengil.model.Parsed;
import java.util.List;

/** The endpoints of OCI images and templates. */
final class ImageRoutes {

    private static final String HOST_LABEL = "[a-zA-Z\\d](?:[a-zA-Z\\d-]*[a-zA-Z\\d])?";
    private static final String COMPONENT = "[a-z\\d]+(?:(?:[._]|__|-+)[a-z\\d]+)*";

    /** Only a registry's host may have capitals. */
    private static final String REPOSITORY =
            "(?:" + HOST_LABEL + "(?:\\." + HOST_LABEL + ")*(?::\\d+)?/)?" + COMPONENT + "(?:/" + COMPONENT + ")*";

    private ImageRoutes() {}

    static List<Route> all() {
        return List.of(
                Route.of(
                                Verb.CREATE,
                                "/nodes/{node}/storage/{storage}/oci-registry-pull",
                                ImageRoutes::pull,
                                Property.required("reference", new Type.Matching(REPOSITORY + ":\\w[\\w.-]{0,127}")),
                                Property.optional("filename", new Type.Text(1, 255)))
                        .since("libpve-storage-perl 9.0.17"),
                Route.of(
                                Verb.GET,
                                "/nodes/{node}/query-oci-repo-tags",
                                ImageRoutes::tags,
                                Property.required("reference", new Type.Matching(REPOSITORY)))
                        .since("pve-manager 9.0.16"),
                Route.of(Verb.GET, "/nodes/{node}/aplinfo", ImageRoutes::templates),
                Route.of(
                        Verb.CREATE,
                        "/nodes/{node}/aplinfo",
                        request -> new Answer.Worker(Templates.download(
                                request.pve(),
                                request.pve().storages().get(request.option("storage", "")),
                                request.option("template", ""))),
                        Property.required("storage", Type.of(Format.STORAGE_ID)),
                        Property.required("template", new Type.Text(255))));
    }

    /** The name under which a pull keeps an image (Storage.pm, normalize_content_filename). */
    static String fileName(String text) {
        return text.replaceFirst("^.*[/\\\\]", "").replaceAll("[^A-Za-z0-9_.-]", "_") + ".tar";
    }

    private static Answer pull(Request request) {
        Proxmox pve = request.pve();
        Storage storage = pve.storages().get(request.path().getOrDefault("storage", ""));
        String reference = request.option("reference", "");
        if (!storage.hasPath()) {
            throw PveFailure.of("can't upload to storage type '" + storage.type() + "', not a file based storage!");
        }
        if (!storage.content().contains("vztmpl")) {
            throw PveFailure.of("storage '" + storage.id() + "' is not configured for content-type 'vztmpl'");
        }
        ImageCopy.requireSkopeo(pve);
        String file = fileName(request.option("filename", reference));
        String path = storage.templates() + "/" + file;
        if (pve.world().disk().follow(path) != null) {
            throw PveFailure.of(25, "refusing to override existing file '" + file + "'");
        }
        Tasks.Task task = pve.tasks().run("ociregistrypull", file, log -> {
            switch (new Registries(pve).find(reference, Registries.Told.NOTHING, true)) {
                case Registries.Found.Image(var image) -> {
                    ImageCopy.lines(image, log::line);
                    pve.world().disk().mkdirs(storage.templates(), 0755);
                    ImageCopy.write(pve, image, path);
                }
                case Registries.Found.Missing(String reason) -> {
                    log.line(ImageCopy.fatal(pve, "initializing source docker://" + reference + ": " + reason));
                    throw PveFailure.of("command 'skopeo copy docker://" + reference + " oci-archive:" + path
                            + ".tmp." + (1000 + pve.world().next("pid")) + "' failed: exit code "
                            + (reason.endsWith("manifest unknown") ? 2 : 1));
                }
            }
        });
        return new Answer.Worker(task);
    }

    private static Answer tags(Request request) {
        ImageCopy.requireSkopeo(request.pve());
        String reference = request.option("reference", "");
        return switch (new Registries(request.pve()).tags(reference, Registries.Told.NOTHING)) {
            case Parsed.Ok<List<String>>(List<String> tags) -> new Answer.Data(Json.array(tags));
            case Parsed.Bad<List<String>>(String reason) -> {
                request.stderr().accept(ImageCopy.fatal(request.pve(), reason));
                throw PveFailure.of(1, "command 'skopeo list-tags docker://" + reference + "' failed: exit code 1");
            }
        };
    }

    private static Answer templates(Request request) {
        JsonArray out = new JsonArray();
        Templates.offers(request.pve()).forEach(offer -> {
            JsonObject item = new JsonObject();
            item.addProperty("template", offer.file());
            item.addProperty("package", offer.pkg());
            item.addProperty("version", offer.version());
            item.addProperty("os", offer.os());
            item.addProperty("section", offer.section());
            item.addProperty("type", "lxc");
            item.addProperty("architecture", "amd64");
            item.addProperty("source", "http://download.proxmox.com/images");
            item.addProperty("location", "system/" + offer.file());
            item.addProperty("headline", offer.os() + " (standard)");
            out.add(item);
        });
        return new Answer.Data(out);
    }
}
