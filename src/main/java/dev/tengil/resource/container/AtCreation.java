package dev.tengil.resource.container;

import dev.tengil.model.ImageReference;
import dev.tengil.model.VmId;
import dev.tengil.resource.ConfEdit;
import dev.tengil.resource.Operation;
import dev.tengil.resource.facts.GuestConf;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lines of the config that a container made from an image is given once and that belong to nobody afterwards: they are neither compared
 * nor put back, and one that exists gets them with its next image.
 */
final class AtCreation {

    private AtCreation() {}

    static void choose(Scope scope, VmId vmid, @Nullable ImageReference image) {
        ConsoleLog.choose(scope, vmid, image != null);
        SharedMemory.choose(scope, image != null);
        NameServers.choose(scope, vmid, image != null);
    }

    /** What has to be on the host before it starts. */
    static List<Operation> prepared(Container container) {
        List<Operation> operations = new ArrayList<>(ConsoleLog.prepared(container));
        operations.addAll(NameServers.prepared(container));
        return operations;
    }

    static List<ConfEdit> edits(Container container) {
        List<ConfEdit> edits = new ArrayList<>(ConsoleLog.edits(container));
        edits.addAll(SharedMemory.edits(container));
        edits.addAll(NameServers.edits(container));
        return edits;
    }

    /** Those that an apply which was cut off had not come to. */
    static List<ConfEdit> missing(Container container, GuestConf conf) {
        return edits(container).stream()
                .filter(edit -> switch (edit) {
                    case ConfEdit.SetRaw(String key, String _) -> conf.rawValue(key) == null;
                    case ConfEdit.AddRaw(String key, String value) -> !stands(conf, key, value);
                    case ConfEdit.AddRawWhere(String option, String is, String key, String value) ->
                        is.equals(conf.option(option)) && !stands(conf, key, value);
                    case ConfEdit.SetEnv _,
                            ConfEdit.RemoveEnv _,
                            ConfEdit.SetOption _,
                            ConfEdit.RemoveOption _,
                            ConfEdit.SetComment _,
                            ConfEdit.RemoveRaw _ -> false;
                })
                .toList();
    }

    /** Whether this line of an old config is one of these, which the new container gets in its own right. */
    static boolean gives(Container container, GuestConf.Raw line) {
        return edits(container).stream().anyMatch(edit -> switch (edit) {
            case ConfEdit.SetRaw(String key, String value) -> key.equals(line.key()) && value.equals(line.value());
            case ConfEdit.AddRaw(String key, String value) -> key.equals(line.key()) && value.equals(line.value());
            case ConfEdit.AddRawWhere(String _, String _, String key, String value) ->
                key.equals(line.key()) && value.equals(line.value());
            case ConfEdit.SetEnv _,
                    ConfEdit.RemoveEnv _,
                    ConfEdit.SetOption _,
                    ConfEdit.RemoveOption _,
                    ConfEdit.SetComment _,
                    ConfEdit.RemoveRaw _ -> false;
        });
    }

    private static boolean stands(GuestConf conf, String key, String value) {
        return conf.raw().stream()
                .anyMatch(raw -> raw.key().equals(key) && raw.value().equals(value));
    }
}
