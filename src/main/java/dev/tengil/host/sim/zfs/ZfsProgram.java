package dev.tengil.host.sim.zfs;

import dev.tengil.host.sim.Call;
import dev.tengil.host.sim.Program;
import java.util.List;

/** {@code zfs}. */
public final class ZfsProgram implements Program {

    private static final int USAGE = 2;

    @Override
    public int run(Call call) {
        List<String> words = call.arguments();
        if (words.isEmpty()) {
            return call.fail(USAGE, "missing command\nusage: zfs command args ...");
        }
        List<String> rest = words.subList(1, words.size());
        return switch (words.getFirst()) {
            case "version", "--version", "-V" -> {
                call.out("zfs-2.3.9-0+deb13u1");
                call.out("zfs-kmod-2.3.9-0+deb13u1");
                yield 0;
            }
            case "get" -> ZfsGet.run(call, rest);
            case "list" -> ZfsList.run(call, rest);
            case "create" -> ZfsCreate.run(call, rest);
            case "set" -> ZfsSet.set(call, rest);
            case "inherit" -> ZfsSet.inherit(call, rest);
            case "snapshot", "snap" -> ZfsSnapshot.run(call, rest);
            case "destroy" -> ZfsDestroy.run(call, rest);
            case "rename" -> ZfsRename.run(call, rest);
            case "mount" -> ZfsMount.mount(call, rest);
            case "unmount", "umount" -> ZfsMount.unmount(call, rest);
            default -> call.fail(USAGE, "unrecognized command '" + words.getFirst() + "'");
        };
    }

    static int usage(Call call, String problem, String command) {
        return call.fail(USAGE, problem + "\nusage:\n\t" + command);
    }
}
