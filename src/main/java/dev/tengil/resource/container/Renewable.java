package dev.tengil.resource.container;

import dev.tengil.model.DatasetName;
import dev.tengil.model.Diagnostic;
import dev.tengil.model.HostPath;
import dev.tengil.model.ImageReference;
import dev.tengil.resource.FieldChange;
import dev.tengil.resource.PlanContext;
import dev.tengil.resource.facts.Facts;
import dev.tengil.resource.facts.GuestConf;
import dev.tengil.resource.facts.ImageFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Whether a new container may take the place of one, and what a person should know of it before. */
final class Renewable {

    private static final HostPath HA = HostPath.of("/etc/pve/ha/resources.cfg");
    private static final HostPath REPLICATION = HostPath.of("/etc/pve/replication.cfg");

    private Renewable() {}

    /** What it is made from; empty when the file does not say. */
    static String volid(Container container) {
        return switch (container.origin()) {
            case Container.Origin.Image image -> image.volid();
            case Container.Origin.Template template -> template.volid();
            case Container.Origin.Existing _ -> "";
        };
    }

    private record Refusal(String why, String help) {}

    /** Says why it cannot be, if so. */
    static boolean refused(Container container, GuestConf conf, @Nullable DatasetName disk, PlanContext context) {
        Refusal refusal = refusal(container, conf, disk, context.facts());
        if (refusal != null) {
            context.diagnostics()
                    .add(Diagnostic.error(
                                    "container.not-replaceable",
                                    "container " + container.name() + " cannot be replaced by a new one: "
                                            + refusal.why())
                            .at(container.span())
                            .help(refusal.help()));
        }
        return refusal != null;
    }

    private static @Nullable Refusal refusal(
            Container container, GuestConf conf, @Nullable DatasetName disk, Facts facts) {
        String vmid = container.vmid().toString();
        if (volid(container).isEmpty()) {
            return new Refusal("the file does not say from what to make it anew", "Add image: or template:.");
        }
        if ("1".equals(conf.option("protection"))) {
            return new Refusal("Proxmox protects it", "To lift that: pct set " + vmid + " --protection 0");
        }
        if ("1".equals(conf.option("template"))) {
            return new Refusal("it is a template of other containers", "Convert none that is to be updated.");
        }
        if (names(facts, HA, "ct:", vmid)) {
            return new Refusal(
                    "it is managed for high availability, and Proxmox destroys no such container",
                    "Take it out for the time: ha-manager remove ct:" + vmid + ". Then put it back.");
        }
        if (names(facts, REPLICATION, "local:", vmid + "-")) {
            return new Refusal(
                    "it is replicated to another node, and Proxmox destroys no such container",
                    "Remove the job for the time. See: pvesr list");
        }
        List<String> disks = disks(conf);
        if (!disks.isEmpty()) {
            return new Refusal(
                    "it has disks of its own that would be destroyed with it (" + String.join(", ", disks) + ")",
                    "Move what is on them to a dataset, then take them off: pct set " + vmid + " --delete "
                            + String.join(
                                    ",",
                                    disks.stream()
                                            .map(each -> each.replaceFirst(" .*", ""))
                                            .toList()));
        }
        return disk == null
                ? new Refusal(
                        "its root disk lies on no ZFS storage, so it cannot be set aside",
                        "By hand: vzdump " + vmid + ", then pct destroy " + vmid + ", then tg apply --recreate "
                                + container.address() + ".")
                : null;
    }

    /** Volumes in the config, those that wait in it and those of its snapshots go with the container. */
    private static List<String> disks(GuestConf conf) {
        SortedSet<String> disks = new TreeSet<>();
        Stream.of(conf.options(), conf.pending())
                .flatMap(options -> options.entrySet().stream())
                .filter(option -> isDisk(option.getKey(), option.getValue()))
                .map(Map.Entry::getKey)
                .forEach(disks::add);
        return new ArrayList<>(disks);
    }

    private static boolean isDisk(String key, @Nullable String value) {
        return value != null && (key.startsWith("unused") || (key.matches("mp\\d+") && !value.startsWith("/")));
    }

    /** Whether a section of a file of Proxmox's begins with these words. */
    private static boolean names(Facts facts, HostPath path, String type, String id) {
        var file = facts.files().get(path);
        return file != null
                && file.content()
                        .text()
                        .lines()
                        .map(line -> line.replaceAll("\\s+", " ").strip())
                        .anyMatch(line -> {
                            String start = type + " " + id;
                            return id.endsWith("-") ? line.startsWith(start) : line.equals(start);
                        });
    }

    /** What survives, and what does not. */
    static void tell(
            Container container,
            GuestConf conf,
            Aside aside,
            List<FieldChange> changes,
            PlanContext context,
            List<String> notes) {
        notes.add(survives(container, aside));
        long snapshots =
                conf.text().lines().filter(line -> line.matches("\\[[^:\\]]+]")).count();
        if (snapshots > 0) {
            notes.add("its " + (snapshots == 1 ? "snapshot" : snapshots + " snapshots")
                    + " in Proxmox's list are no longer in it; they stay with the old root disk");
        }
        ImageFacts image = container.origin() instanceof Container.Origin.Image made
                ? image(made.reference(), context.facts())
                : null;
        if (image == null || changes.stream().noneMatch(change -> change.field().equals("image"))) {
            return;
        }
        for (String volume : image.config().volumes()) {
            boolean mounted = container.mounts().stream()
                    .map(mount -> mount.target().value())
                    .anyMatch(target -> volume.equals(target) || volume.startsWith(target + "/"));
            if (!mounted) {
                notes.add("the image keeps data in " + volume
                        + ", where the file mounts nothing: what lies there stays in the old root disk. To keep it from"
                        + " now on: volumes: [\"" + leaf(volume) + ":" + volume + "\"]");
            }
        }
        SortedSet<String> gone = new TreeSet<>();
        for (String line : conf.env()) {
            String name = line.replaceFirst("=.*", "");
            boolean stays = image.config().env().stream().anyMatch(each -> each.startsWith(name + "="))
                    || container.env().stream().anyMatch(each -> each.name().equals(name));
            if (!stays) {
                gone.add(name);
            }
        }
        if (!gone.isEmpty()) {
            notes.add("variables that neither the new image nor the file sets, and that are gone then: "
                    + String.join(", ", gone));
        }
    }

    /** What the registry said of it, asked for by its digest or by its tag. */
    private static @Nullable ImageFacts image(ImageReference pinned, Facts facts) {
        ImageFacts byDigest = facts.images().get(pinned);
        ImageFacts byTag =
                facts.images().get(new ImageReference(pinned.registry(), pinned.repository(), pinned.tag(), null));
        return byDigest != null || byTag == null || !byTag.digest().equals(pinned.digest()) ? byDigest : byTag;
    }

    private static String survives(Container container, Aside aside) {
        return Renewal.survives(container) + ". The old one is kept as " + aside.dataset();
    }

    private static String leaf(String path) {
        String leaf = path.replaceAll("/+$", "").replaceFirst(".*/", "").toLowerCase(java.util.Locale.ROOT);
        return leaf.matches("[a-z0-9][a-z0-9-]*") ? leaf : "data";
    }
}
