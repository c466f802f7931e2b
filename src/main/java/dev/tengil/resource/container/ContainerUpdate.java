package dev.tengil.resource.container;

import dev.tengil.host.Command;
import dev.tengil.resource.ConfEdit;
import dev.tengil.resource.FieldChange;
import dev.tengil.resource.Operation;
import dev.tengil.resource.facts.GuestConf;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The operations that change fields of a container: one call of pct for all options, one edit for what only the file can say. */
final class ContainerUpdate {
    private final Container container;
    private final GuestConf conf;
    private final SortedMap<String, String> options;
    private final List<String> set = new ArrayList<>();
    private final List<String> delete = new ArrayList<>();
    private final List<ConfEdit> edits = new ArrayList<>();
    private final List<Operation> after = new ArrayList<>();
    private boolean binds;

    ContainerUpdate(Container container, GuestConf conf) {
        this.container = container;
        this.conf = conf;
        this.options = ContainerFields.options(conf, true);
    }

    /**
     * @param mark a tag to add, or null when it is there
     */
    List<Operation> operations(List<FieldChange> changes, @Nullable String mark) {
        SortedSet<String> tags = Mark.tags(conf);
        SortedSet<String> before = new TreeSet<>(tags);
        if (mark != null) {
            tags.add(mark);
        }
        for (FieldChange change : changes) {
            field(change, tags);
        }
        mounts(changes);
        if (!tags.equals(before)) {
            option("tags", String.join(";", tags));
        }
        List<Operation> operations = new ArrayList<>();
        if (binds) {
            operations.addAll(ContainerCommands.guards(container));
        }
        if (!delete.isEmpty()) {
            set.addAll(List.of("--delete", String.join(",", delete)));
        }
        if (changes.stream().anyMatch(change -> NameServers.hangOn(change.field()))) {
            operations.addAll(NameServers.prepared(container, conf));
            edits.addAll(NameServers.edits(container, conf));
        }
        if (!set.isEmpty()) {
            operations.add(ContainerCommands.set(container, set));
        }
        operations.addAll(after);
        if (!edits.isEmpty()) {
            operations.add(new Operation.EditConf(
                    "change environment and program of container " + container.vmid(), container.vmid(), edits));
        }
        return operations;
    }

    private void field(FieldChange change, Set<String> tags) {
        String name = change.field();
        boolean gone = change.after() == null;
        String rest = name.substring(name.indexOf('.') + 1);
        String group = name.contains(".") ? name.substring(0, name.indexOf('.')) : name;
        switch (group) {
            case "label", "mount", "image", "template", "post_install", "state", "storage", "unprivileged" -> {}
            case "tag" -> {
                if (gone) {
                    tags.remove(rest);
                } else {
                    tags.add(rest);
                }
            }
            case "env" -> {
                String after = change.after();
                Container.Variable wanted = container.env().stream()
                        .filter(variable -> variable.name().equals(rest))
                        .findFirst()
                        .orElse(null);
                edits.add(
                        after == null
                                ? new ConfEdit.RemoveEnv(rest)
                                : wanted != null
                                        ? ContainerCommands.env(wanted)
                                        : new ConfEdit.SetEnv(rest, after, null));
            }
            case "raw" -> {
                String value = container.raw().get(rest);
                edits.add(
                        gone || value == null ? new ConfEdit.RemoveRaw(rest, null) : new ConfEdit.SetRaw(rest, value));
            }
            case "file" -> {
                String old = change.before();
                String line = container.files().get(rest);
                if (old != null) {
                    edits.add(new ConfEdit.RemoveRaw("lxc.mount.entry", old));
                }
                if (line != null) {
                    edits.add(new ConfEdit.AddRaw("lxc.mount.entry", line));
                }
            }
            case "device" -> device(rest, gone);
            case "network" -> {
                PropertyString net = container.net();
                if (net != null) {
                    option("net0", net.print("name"));
                }
            }
            case "disk" -> {
                Container.Root root = container.root();
                if (root != null) {
                    after.add(Operation.Run.of(
                            "grow the root disk of container " + container.vmid() + " to " + change.after(),
                            Command.changes(
                                    "pct",
                                    "resize",
                                    container.vmid().toString(),
                                    "rootfs",
                                    root.bytes() / (1L << 20) + "M")));
                }
            }
            case "pool" -> after.add(pool(change.before(), change.after()));
            case "entrypoint" -> {
                String line = container.options().get(name);
                edits.add(line == null ? new ConfEdit.RemoveOption(name) : new ConfEdit.SetOption(name, line));
            }
            default -> {
                String value = container
                        .options()
                        .getOrDefault(name, container.defaults().get(name));
                if (gone || value == null) {
                    delete.add(name);
                } else {
                    option(name, value);
                }
            }
        }
    }

    private Operation pool(@Nullable String before, @Nullable String after) {
        String vmid = container.vmid().toString();
        return after == null
                ? Operation.Run.of(
                        "take container " + vmid + " out of the resource pool " + before,
                        Command.changes(
                                "pvesh",
                                "set",
                                "/pools",
                                "--poolid",
                                String.valueOf(before),
                                "--vms",
                                vmid,
                                "--delete",
                                "1"))
                : Operation.Run.of(
                        "put container " + vmid + " into the resource pool " + after,
                        Command.changes(
                                "pvesh", "set", "/pools", "--poolid", after, "--vms", vmid, "--allow-move", "1"));
    }

    private void option(String key, String value) {
        set.addAll(List.of("--" + key, value));
    }

    private void device(String path, boolean gone) {
        String slot = null;
        Set<String> used = new HashSet<>();
        for (Map.Entry<String, String> entry :
                ContainerCommands.slots(options, "dev").entrySet()) {
            used.add(entry.getKey());
            PropertyString device = PropertyString.parse(entry.getValue());
            if (path.equals(device.first()) || path.equals(device.get("path"))) {
                slot = entry.getKey();
            }
        }
        String text = container.devices().get(path);
        if (gone || text == null) {
            if (slot != null) {
                delete.add(slot);
            }
            return;
        }
        for (int i = 0; slot == null; i++) {
            slot = used.contains("dev" + i) || set.contains("--dev" + i) ? null : "dev" + i;
        }
        option(slot, text);
    }

    /** Parents must have lower numbers than what lies below them; where that cannot be, all of ours are numbered anew. */
    private void mounts(List<FieldChange> changes) {
        SortedMap<Integer, String> present = new TreeMap<>();
        ContainerCommands.slots(options, "mp")
                .forEach((key, value) -> present.put(Integer.valueOf(key.substring(2)), Mount.target(value)));
        Set<String> changed = new HashSet<>();
        Set<String> gone = new HashSet<>();
        for (FieldChange change : changes) {
            if (change.field().startsWith("mount.")) {
                String target = change.field().substring("mount.".length());
                if (change.after() == null) {
                    gone.add(target);
                } else {
                    changed.add(target);
                }
            }
        }
        if (changed.isEmpty() && gone.isEmpty()) {
            return;
        }
        binds = !changed.isEmpty();
        List<String> wanted =
                container.mounts().stream().map(mount -> mount.target().value()).toList();
        Map<String, Integer> slots = MountSlots.assign(present, wanted, gone);
        present.forEach((index, target) -> {
            if (gone.contains(target) && !slots.containsValue(index)) {
                delete.add("mp" + index);
            } else if (wanted.contains(target) && !slots.containsValue(index)) {
                delete.add("mp" + index);
            }
        });
        for (Mount mount : container.mounts()) {
            String target = mount.target().value();
            Integer slot = slots.get(target);
            boolean moved = slot != null && !target.equals(present.get(slot));
            if (slot != null && (changed.contains(target) || moved)) {
                option("mp" + slot, mount.text());
            }
        }
    }
}
