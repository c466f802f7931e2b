package dev.tengil.resource.container;

import dev.tengil.resource.AppliedResource;
import dev.tengil.resource.ConfEdit;
import dev.tengil.resource.FieldValue;
import dev.tengil.resource.facts.GuestConf;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What somebody set on the old container that the file says nothing of, and the new one gets as it was: an update must not cost the
 * memory that was given in the web interface. It is carried over line by line, since no command takes everything that may stand there.
 */
final class Carried {

    /** These come from the file, from the image or from Proxmox itself. */
    private static final Set<String> NEW = Set.of(
            "arch",
            "cmode",
            "entrypoint",
            "lock",
            "net0",
            "ostype",
            "parent",
            "rootfs",
            "snaptime",
            "tags",
            "unprivileged");

    /** Of the raw lines, those that an image brings along. */
    private static final Set<String> OF_IMAGE = Set.of("lxc.signal.halt", "lxc.init.cwd");

    /** What Proxmox gives to a container that says nothing (pve-container Config.pm). */
    private static final Map<String, String> OF_PROXMOX = Map.of("memory", "512", "swap", "512");

    private static final String OF_PROGRAM = "lxc.init.";
    private static final String ENTRY = "lxc.mount.entry";

    private final Container container;
    private final GuestConf old;
    private final SortedMap<String, FieldValue> fields;
    private final @Nullable AppliedResource applied;
    private final String mark;

    /**
     * @param old the config of the old container
     * @param fields what the file owns
     * @param applied what the file owned before: what it has dropped is not carried over
     */
    Carried(
            Container container,
            GuestConf old,
            SortedMap<String, FieldValue> fields,
            @Nullable AppliedResource applied,
            String mark) {
        this.container = container;
        this.old = old;
        this.fields = fields;
        this.applied = applied;
        this.mark = mark;
    }

    private boolean isFiles(String field) {
        boolean dropped = applied != null && applied.fields().containsKey(field) && !Refusals.stays(field);
        return fields.containsKey(field) || dropped;
    }

    /** What root may do differs between a container whose root is the host's and one whose root is not. */
    private boolean isOfAnotherRoot(String key) {
        return key.equals("features")
                && !String.valueOf(old.options().getOrDefault("unprivileged", "0"))
                        .equals(Boolean.TRUE.equals(container.privileged()) ? "0" : "1");
    }

    /** Whether it is made with this very value. */
    private boolean isGiven(String key, String value) {
        String given = key.equals("hostname")
                ? container.hostname()
                : container.defaults().getOrDefault(key, OF_PROXMOX.get(key));
        return value.equals(given);
    }

    List<ConfEdit> edits() {
        List<ConfEdit> edits = new ArrayList<>();
        int mp = container.mounts().size();
        int dev = container.devices().size();
        SortedMap<String, String> options = ContainerFields.options(old, true);
        for (Map.Entry<String, String> option : options.entrySet()) {
            String key = option.getKey();
            String value = ContainerFields.utf8(option.getValue());
            if (key.matches("mp\\d+")) {
                if (value.startsWith("/") && !isFiles("mount." + Mount.target(value))) {
                    edits.add(new ConfEdit.SetOption("mp" + mp++, value));
                }
            } else if (key.matches("dev\\d+")) {
                if (!isFiles("device." + ContainerFields.devicePath(value))) {
                    edits.add(new ConfEdit.SetOption("dev" + dev++, value));
                }
            } else if (!NEW.contains(key)
                    && !key.startsWith("unused")
                    && !isFiles(key)
                    && !isGiven(key, value)
                    && !isOfAnotherRoot(key)) {
                edits.add(new ConfEdit.SetOption(key, value));
            }
        }
        container.defaults().keySet().stream()
                .filter(key -> !options.containsKey(key) && !isFiles(key))
                .forEach(key -> edits.add(new ConfEdit.RemoveOption(key)));
        tags(edits);
        for (GuestConf.Raw raw : old.raw()) {
            String field =
                    raw.key().equals(ENTRY) ? "file." + ContainerFields.entryTarget(raw.value()) : "raw." + raw.key();
            if (!AtCreation.gives(container, raw)
                    && !OF_IMAGE.contains(raw.key())
                    && !raw.key().startsWith(OF_PROGRAM)
                    && !isFiles(field)) {
                edits.add(new ConfEdit.AddRaw(raw.key(), ContainerFields.utf8(raw.value())));
            }
        }
        if (!isFiles("description") && !ContainerFields.comment(old).isEmpty()) {
            edits.add(new ConfEdit.SetComment(ContainerFields.comment(old).stream()
                    .map(ContainerFields::utf8)
                    .toList()));
        }
        return edits;
    }

    private void tags(List<ConfEdit> edits) {
        SortedSet<String> tags = new TreeSet<>(container.tags());
        tags.add(mark);
        SortedSet<String> all = new TreeSet<>(tags);
        Mark.tags(old).stream().filter(tag -> !isFiles("tag." + tag)).forEach(all::add);
        if (!all.equals(tags)) {
            edits.add(new ConfEdit.SetOption("tags", String.join(";", all)));
        }
    }
}
