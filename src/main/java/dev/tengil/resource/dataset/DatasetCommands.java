package dev.tengil.resource.dataset;

import dev.tengil.host.Command;
import dev.tengil.model.DatasetName;
import dev.tengil.model.HostPath;
import dev.tengil.resource.DirectoryMode;
import dev.tengil.resource.FieldChange;
import dev.tengil.resource.FieldValue;
import dev.tengil.resource.Operation;
import dev.tengil.resource.Owner;
import dev.tengil.resource.PlanContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The operations on datasets, as a person would type them. */
final class DatasetCommands {

    private DatasetCommands() {}

    /** One {@code zfs create} with everything, the mark in it, then owner, mode and ACL of the new top directory. */
    static List<Operation> create(DatasetResource wanted, PlanContext context) {
        SortedMap<String, String> properties = new TreeMap<>();
        if (wanted.container()) {
            properties.put("canmount", "off");
        } else {
            properties.putAll(defaults(wanted.name(), context));
        }
        for (Map.Entry<String, FieldValue> owned : wanted.owned().entrySet()) {
            properties.put(
                    owned.getKey().substring("zfs.".length()), owned.getValue().shown());
        }
        if (wanted.mountpoint() != null) {
            properties.put("mountpoint", wanted.mountpoint().value());
        }
        List<String> argv = new ArrayList<>(List.of(
                "zfs",
                "create",
                "-o",
                DatasetKind.MARK + "=" + context.applied().stack()));
        properties.forEach((name, value) -> {
            argv.add("-o");
            argv.add(name + "=" + value);
        });
        argv.add(wanted.name().value());
        List<Operation> operations = new ArrayList<>();
        operations.add(Operation.Run.of("create dataset " + wanted.name(), Command.changes(argv)));
        HostPath path = wanted.path();
        boolean dressed =
                wanted.owner() != null || wanted.mode() != null || !wanted.acl().isEmpty();
        if (path != null && dressed && !wanted.container()) {
            operations.add(
                    new Operation.EnsureMounted("check that " + wanted.name() + " is mounted", wanted.name(), path));
            operations.addAll(top(path, wanted.owner(), wanted.mode(), wanted.acl()));
        }
        return operations;
    }

    /** What a dataset for data gets when it is made, whatever the file says; owned by nobody afterwards. */
    private static Map<String, String> defaults(DatasetName name, PlanContext context) {
        return BootPool.isReadByGrub(name, context.facts())
                ? Map.of("xattr", "sa", "acltype", "posixacl")
                : Map.of("xattr", "sa", "acltype", "posixacl", "dnodesize", "auto");
    }

    private static List<Operation> top(HostPath path, @Nullable Owner owner, @Nullable Integer mode, List<String> acl) {
        List<Operation> operations = new ArrayList<>();
        if (owner != null) {
            operations.add(Operation.Run.of(
                    "give " + path + " to " + owner,
                    Command.changes("chown", "-h", owner.toString(), "--", path.value())));
        }
        if (mode != null) {
            operations.add(Operation.Run.of(
                    "set the mode of " + path,
                    Command.changes("chmod", DirectoryMode.argument(mode), "--", path.value())));
        }
        if (!acl.isEmpty()) {
            operations.add(Operation.Run.of(
                    "set the ACL of " + path,
                    Command.changes("setfacl", "-m", String.join(",", masked(acl, mode)), "--", path.value())));
        }
        return operations;
    }

    /** With an ACL the group bits of the mode are its mask, which setfacl would else make as wide as its widest entry. */
    private static List<String> masked(List<String> acl, @Nullable Integer mode) {
        boolean access = acl.stream().anyMatch(entry -> !entry.startsWith("default:"));
        if (mode == null || !access) {
            return acl;
        }
        int group = mode >> 3 & 7;
        List<String> entries = new ArrayList<>(acl);
        entries.add("mask::" + ((group & 4) != 0 ? "r" : "-") + ((group & 2) != 0 ? "w" : "-")
                + ((group & 1) != 0 ? "x" : "-"));
        return entries;
    }

    /**
     * All properties in one {@code zfs set}; what leaves the file is inherited again, limits are lifted.
     *
     * @param opens whether it only carried other datasets so far, and is to be mounted now
     */
    static List<Operation> update(
            DatasetResource wanted, List<FieldChange> changes, boolean adopt, boolean opens, PlanContext context) {
        String name = wanted.name().value();
        List<String> set = new ArrayList<>(List.of("zfs", "set"));
        List<Operation> inherit = new ArrayList<>();
        if (adopt) {
            set.add(DatasetKind.MARK + "=" + context.applied().stack());
        }
        boolean top = false;
        for (FieldChange change : changes) {
            String field = change.field();
            String property = field.startsWith("zfs.") ? field.substring("zfs.".length()) : field;
            if (DatasetFields.TOP.contains(field)) {
                top = true;
            } else if (change.after() != null) {
                set.add(property + "=" + change.after());
            } else if (Property.cleared(property) != null) {
                set.add(property + "=" + Property.cleared(property));
            } else {
                inherit.add(Operation.Run.of(
                        "inherit " + property + " of " + name, Command.changes("zfs", "inherit", property, name)));
            }
        }
        if (opens) {
            defaults(wanted.name(), context).entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .filter(each -> !wanted.owned().containsKey("zfs." + each.getKey()))
                    .forEach(each -> set.add(each.getKey() + "=" + each.getValue()));
        }
        List<Operation> operations = new ArrayList<>(opens ? Opening.before(wanted, context.facts()) : List.of());
        if (set.size() > 2) {
            set.add(name);
            operations.add(Operation.Run.of("set properties of " + name, Command.changes(set)));
        }
        operations.addAll(inherit);
        if (opens) {
            operations.addAll(Opening.mount(wanted, context.facts()));
        }
        HostPath path = wanted.path();
        if (top && path != null) {
            operations.add(new Operation.EnsureMounted("check that " + name + " is mounted", wanted.name(), path));
            operations.addAll(top(path, wanted.owner(), wanted.mode(), wanted.acl()));
        }
        return operations;
    }

    static List<Operation> forget(DatasetName name) {
        return List.of(Operation.Run.of(
                "take the mark off " + name, Command.changes("zfs", "inherit", DatasetKind.MARK, name.value())));
    }

    /** Where the data of a dataset lies that was asked to be destroyed: out of the way, and still there. */
    static DatasetName aside(DatasetName name, PlanContext context) {
        return name.parent()
                .child("tengil-aside-" + name.leaf() + "-g" + (context.applied().generation() + 1));
    }

    static List<Operation> destroy(DatasetName name, PlanContext context) {
        if (!context.options().snapshot()) {
            return List.of(Operation.Run.of("destroy " + name, Command.changes("zfs", "destroy", name.value())));
        }
        DatasetName aside = aside(name, context);
        return List.of(
                Operation.Run.of(
                        "take the mark off " + name, Command.changes("zfs", "inherit", DatasetKind.MARK, name.value())),
                Operation.Run.of(
                        "snapshot " + name, Command.changes("zfs", "snapshot", name + "@tengil-before-destroy")),
                Operation.Run.of(
                        "keep " + name + " from being mounted",
                        Command.changes("zfs", "set", "canmount=noauto", name.value())),
                Operation.Run.of(
                        "set " + name + " aside", Command.changes("zfs", "rename", name.value(), aside.value())),
                Operation.Run.of(
                        "unmount " + aside,
                        Command.changes("zfs", "unmount", aside.value()).withOkExits(0, 1)));
    }
}
