package dev.tengil.resource.container;

import dev.tengil.model.Diagnostic;
import dev.tengil.model.Diagnostics;
import dev.tengil.model.Fields;
import dev.tengil.model.ImageReference;
import dev.tengil.model.Located;
import dev.tengil.model.Nearest;
import dev.tengil.model.Parsed;
import dev.tengil.model.Span;
import dev.tengil.resource.Applied;
import dev.tengil.resource.ImageArchive;
import dev.tengil.resource.ImagePin;
import dev.tengil.resource.Need;
import dev.tengil.resource.TemplateName;
import dev.tengil.resource.container.ContainerShapes.ImageAsk;
import dev.tengil.resource.facts.ImageFacts;
import dev.tengil.resource.facts.Storage;
import org.jspecify.annotations.Nullable;

/** Decides what a container is made from, pins it to a digest or file name, and finds the storage that keeps it. */
final class OriginResolver {
    private static final String OCI_SINCE = "6.0.15";

    /** The volume of an origin with which something is wrong; that has been said, so nothing is made from it. */
    private static final String NOWHERE = "";

    private OriginResolver() {}

    /** The image that the declarations ask for, in any spelling; null when there is none. */
    static @Nullable Located<ImageAsk> image(Merged asked) {
        Located<ImageAsk> image = asked.one(ContainerKeys.IMAGE);
        if (image == null) {
            Located<Fields> oci = asked.one(OldContainerKeys.OCI);
            String text = oci == null ? null : OldContainerKeys.image(oci.value());
            if (oci != null
                    && text != null
                    && ImageReference.parse(text) instanceof Parsed.Ok<ImageReference>(ImageReference reference)) {
                image = new Located<>(new ImageAsk(reference, ImageReference.leavesTagOpen(text)), oci.span());
            }
        }
        Located<String> registry = asked.one(ContainerKeys.REGISTRY);
        if (image != null && registry != null) {
            ImageReference bare = image.value().reference();
            if (bare.registry().equals(ImageReference.DOCKER_HUB)) {
                String repository = bare.repository().startsWith("library/")
                        ? bare.repository().substring("library/".length())
                        : bare.repository();
                ImageReference moved = new ImageReference(registry.value(), repository, bare.tag(), bare.digest());
                return new Located<>(new ImageAsk(moved, image.value().tagOpen()), image.span());
            }
        }
        return image;
    }

    /** Whether the container exists already as far as the file says. */
    static boolean existing(Merged asked) {
        Located<Boolean> create = asked.one(OldContainerKeys.AUTO_CREATE);
        boolean named = image(asked) != null || asked.one(ContainerKeys.TEMPLATE) != null;
        return !named || (create != null && !create.value());
    }

    /** Whether it is to be created and nothing says from what; says so. */
    static boolean fromNothing(Merged asked, Diagnostics diagnostics) {
        Located<Boolean> create = asked.one(OldContainerKeys.AUTO_CREATE);
        if (create == null || !create.value() || !existing(asked)) {
            return false;
        }
        diagnostics.add(Diagnostic.error(
                        "container.auto-create",
                        "container " + asked.name() + " is to be created, but has neither image nor template")
                .at(create.span())
                .help("Add image: or template:."));
        return true;
    }

    /** What it is made from. Where that is wrong it is said, and the rest of the container can still be looked at. */
    static Container.Origin resolve(Scope scope) {
        if (scope.existing) {
            return new Container.Origin.Existing();
        }
        Located<ImageAsk> image = image(scope.asked);
        Located<String> template = scope.asked.one(ContainerKeys.TEMPLATE);
        boolean fallback = scope.asked.one(ContainerKeys.FALLBACK) != null;
        if (image != null && template != null && !fallback) {
            scope.error(
                    "container.image-and-template",
                    "container " + scope.asked.name() + " has an image and a template",
                    template.span(),
                    "Keep one; or add fallback: lxc to use the template only where Proxmox cannot run images.");
            return new Container.Origin.Image(image.value().reference(), NOWHERE);
        }
        boolean oci = scope.facts().node().atLeast("pve-container", OCI_SINCE);
        if (image != null && (oci || template == null)) {
            if (!oci) {
                scope.error(
                        "container.oci-too-old",
                        "this Proxmox cannot run OCI images",
                        image.span(),
                        "Images need pve-container " + OCI_SINCE + " (Proxmox VE 9.1). Upgrade, or use a template.");
                return new Container.Origin.Image(image.value().reference(), NOWHERE);
            }
            return fromImage(scope, image);
        }
        return template == null ? new Container.Origin.Existing() : fromTemplate(scope, template);
    }

    private static Container.Origin fromImage(Scope scope, Located<ImageAsk> asked) {
        ImageReference reference = asked.value().reference();
        if (asked.value().tagOpen()) {
            scope.warn(
                    "image.no-tag",
                    "the image " + reference.name() + " has no tag, so latest is used",
                    asked.span(),
                    "Name a version, so that two machines get the same one.");
        }
        ImagePin pin = pin(scope, reference);
        if (pin == null && !scope.facts().packages().contains("skopeo")) {
            scope.error(
                    "image.no-skopeo",
                    "the host has no skopeo, and only with it the image " + reference + " can be looked at",
                    asked.span(),
                    "Install it on the host: apt-get install skopeo");
            return new Container.Origin.Image(reference, NOWHERE);
        }
        if (pin == null) {
            scope.error(
                    "image.unknown",
                    "the digest of the image " + reference + " is not known",
                    asked.span(),
                    "Check the name and the tag, and whether the host reaches " + reference.registry()
                            + ": skopeo inspect docker://" + reference.forPull());
            return new Container.Origin.Image(reference, NOWHERE);
        }
        Storage storage = templateStorage(scope);
        if (storage == null) {
            return new Container.Origin.Image(reference, NOWHERE);
        }
        ImageReference pinned = pin.of(reference);
        scope.choices.put("image", reference.toString());
        scope.choices.put("digest", pin.digest());
        if (pin.tag() != null) {
            scope.choices.put("tag", pin.tag());
        }
        scope.choices.put("template_storage", storage.id());
        scope.pinned(pinned);
        Earlier.keep(scope);
        if (scope.made()) {
            scope.needs.add(new Need.OfImage(scope.address, pinned, storage.id(), asked.span()));
            scope.needs.add(new Need.OfPackage(scope.address, "skopeo", asked.span()));
        }
        return new Container.Origin.Image(pinned, storage.id() + ":vztmpl/" + ImageArchive.fileName(pinned));
    }

    private static @Nullable ImagePin pin(Scope scope, ImageReference reference) {
        Applied applied = scope.context.applied();
        // What was begun is finished: going back to the former image would leave the old root disk aside for nothing.
        ImagePin begun = scope.half == null ? null : Pins.begun(reference, scope.address, applied);
        ImagePin wanted = begun != null
                ? begun
                : Pins.wanted(
                        reference,
                        UpdateRule.of(scope.asked),
                        scope.inputs.lock(),
                        Pins.applied(reference, scope.address, applied));
        ImageFacts facts = scope.facts().images().get(reference);
        return wanted != null || facts == null ? wanted : new ImagePin(null, facts.digest());
    }

    private static Container.Origin fromTemplate(Scope scope, Located<String> asked) {
        Storage storage = templateStorage(scope);
        if (storage == null) {
            return new Container.Origin.Template(asked.value(), NOWHERE);
        }
        String file = scope.chosen("template");
        boolean same = file != null && asked.value().equals(scope.chosen("template_asked"));
        if (!same) {
            file = TemplateName.newest(asked.value(), scope.facts().templates());
        }
        if (file == null && scope.found != null) {
            // Made long ago from something that is no longer offered: that changes nothing for it.
            file = asked.value();
        }
        if (file == null) {
            scope.error(
                    "template.unknown",
                    "there is no template \"" + asked.value() + "\""
                            + Nearest.suggestion(
                                    asked.value(),
                                    TemplateName.names(scope.facts().templates())),
                    asked.span(),
                    scope.facts().templates().isEmpty()
                            ? "The host's list of templates is empty. Run there: pveam update"
                            : "See what there is: pveam available --section system");
            return new Container.Origin.Template(asked.value(), NOWHERE);
        }
        scope.choices.put("template", file);
        scope.choices.put("template_asked", asked.value());
        scope.choices.put("template_storage", storage.id());
        if (scope.made()) {
            scope.needs.add(new Need.OfTemplate(scope.address, file, storage.id(), asked.span()));
        }
        return new Container.Origin.Template(file, storage.id() + ":vztmpl/" + file);
    }

    private static @Nullable Storage templateStorage(Scope scope) {
        Located<String> named = scope.orDefault(ContainerKeys.TEMPLATE_STORAGE);
        Span span = named == null ? scope.asked.span() : named.span();
        String id = named != null ? named.value() : scope.chosen("template_storage");
        if (id == null) {
            Storage local = scope.facts().storages().get("local");
            if (fits(local)) {
                return local;
            }
            for (Storage storage : scope.facts().storages().values()) {
                if (fits(storage)) {
                    return storage;
                }
            }
            scope.error(
                    "container.no-template-storage",
                    "no storage of the host keeps container templates",
                    span,
                    "Allow it on one: pvesm set local --content vztmpl,iso,backup");
            return null;
        }
        Storage storage = scope.facts().storages().get(id);
        if (!fits(storage)) {
            scope.error(
                    "container.no-template-storage",
                    "the storage \"" + id + "\" "
                            + (storage == null ? "does not exist" : "does not keep container templates"),
                    span,
                    "It needs a path and the content vztmpl. See: pvesm status --content vztmpl");
            return null;
        }
        return storage;
    }

    private static boolean fits(@Nullable Storage storage) {
        return storage != null
                && storage.active()
                && storage.path() != null
                && storage.content().contains("vztmpl");
    }
}
