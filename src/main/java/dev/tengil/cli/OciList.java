package dev.tengil.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.tengil.host.Host;
import dev.tengil.host.HostException;
import dev.tengil.model.Address;
import dev.tengil.model.ImageReference;
import dev.tengil.model.Parsed;
import dev.tengil.resource.Applied;
import dev.tengil.resource.AppliedResource;
import dev.tengil.resource.ImageArchive;
import dev.tengil.resource.facts.Facts;
import dev.tengil.resource.facts.Observer;
import dev.tengil.resource.facts.Template;
import dev.tengil.resource.facts.Wanted;
import dev.tengil.state.StateStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** {@code tg oci list}: the archives of images on the host's storages, and which containers were made from them. */
final class OciList {

    private OciList() {}

    /** What the stack's memory says of an archive. */
    private record Use(
            ImageReference image,
            String container,
            @Nullable String vmid) {}

    /**
     * One archive.
     *
     * @param uses empty when no container of this stack was made from it
     */
    private record Archive(String storage, String file, List<Use> uses) {}

    static Exit run(Output output) throws Stopped {
        String stack = DoctorFile.stack(output);
        try (Host host = Targets.open(output, DoctorFile.host(output))) {
            Facts facts = look(host, output);
            Map<String, List<Use>> uses = uses(new StateStore(host, stack), output);
            List<Archive> archives = archives(facts, uses);
            if (output.globals().json()) {
                output.document(json(host, stack, archives));
            } else {
                say(host, stack, archives, output);
            }
            return Exit.OK;
        } catch (HostException e) {
            throw Session.broken(output, e);
        }
    }

    /** Looks at Proxmox alone. */
    static Facts look(Host host, Output output) throws HostException, Stopped {
        Wanted proxmox = new Wanted(
                new TreeSet<>(),
                new TreeSet<>(),
                new TreeSet<>(),
                new TreeSet<>(),
                new TreeSet<>(),
                new TreeSet<>(),
                false,
                true,
                false,
                false,
                false);
        Observer.Observation seen = Observer.observe(host, proxmox, 0);
        output.diagnostics(seen.diagnostics().all(), null);
        if (seen.diagnostics().hasErrors()) {
            throw new Stopped(Exit.ERROR);
        }
        return seen.facts();
    }

    /** By {@code STORAGE/FILE}. */
    private static Map<String, List<Use>> uses(StateStore store, Output output) throws HostException, Stopped {
        Applied applied = switch (store.load()) {
            case StateStore.Loaded.Missing() -> null;
            case StateStore.Loaded.Found(Applied found) -> found;
            case StateStore.Loaded.Unreadable(var file, String reason, var _) -> {
                output.error(
                        "state.unreadable",
                        "the state in " + file + " cannot be used: " + reason,
                        "Nobody can say now which archives are used. Make it anew from the marks: tg state rebuild");
                throw new Stopped(Exit.REFUSED);
            }
        };
        Map<String, List<Use>> uses = new TreeMap<>();
        if (applied == null) {
            return uses;
        }
        Map<Address, AppliedResource> all = new TreeMap<>(applied.intended());
        all.putAll(applied.resources());
        for (AppliedResource resource : all.values()) {
            String image = resource.choice("image");
            String digest = resource.choice("digest");
            String storage = resource.choice("template_storage");
            if (resource.address().kind().equals("container")
                    && image != null
                    && digest != null
                    && storage != null
                    && ImageReference.parse(image) instanceof Parsed.Ok<ImageReference>(ImageReference reference)) {
                uses.computeIfAbsent(
                                storage + "/" + ImageArchive.fileName(reference.withDigest(digest)),
                                key -> new ArrayList<>())
                        .add(new Use(reference, resource.address().name(), resource.choice("vmid")));
            }
        }
        return uses;
    }

    /** Proxmox keeps images in plain tar files; templates are compressed. */
    private static List<Archive> archives(Facts facts, Map<String, List<Use>> uses) {
        List<Archive> archives = new ArrayList<>();
        for (Template template : facts.templates()) {
            if (template.storage() != null && template.file().endsWith(".tar")) {
                archives.add(new Archive(
                        template.storage(),
                        template.file(),
                        uses.getOrDefault(template.storage() + "/" + template.file(), List.of())));
            }
        }
        return archives;
    }

    private static void say(Host host, String stack, List<Archive> archives, Output output) {
        if (archives.isEmpty()) {
            output.say("No storage of " + host.name() + " holds the archive of an image.");
            return;
        }
        for (Archive archive : archives) {
            output.result(archive.storage() + ":vztmpl/" + archive.file() + "\n");
            if (archive.uses().isEmpty()) {
                output.result("    no container of the stack \"" + stack + "\" was made from it\n");
            }
            for (Use use : archive.uses()) {
                output.result("    " + use.image().shown() + "\n    container:" + use.container()
                        + (use.vmid() == null ? "" : " (" + use.vmid() + ")") + "\n");
            }
        }
        output.say(
                "Containers of other stacks, or made by hand, may have been made from them too; none needs its archive"
                        + " to run.");
    }

    private static JsonObject json(Host host, String stack, List<Archive> archives) {
        JsonObject root = new JsonObject();
        root.addProperty("format", 1);
        root.addProperty("host", host.name());
        root.addProperty("stack", stack);
        JsonArray list = new JsonArray();
        for (Archive archive : archives) {
            JsonObject json = new JsonObject();
            json.addProperty("storage", archive.storage());
            json.addProperty("file", archive.file());
            if (!archive.uses().isEmpty()) {
                json.addProperty("image", archive.uses().getFirst().image().toString());
            }
            JsonArray containers = new JsonArray();
            archive.uses().forEach(use -> containers.add(use.container()));
            json.add("containers", containers);
            list.add(json);
        }
        root.add("archives", list);
        return root;
    }
}
