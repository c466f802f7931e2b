package dev.tengil.host.sim.zfs;

import com.google.gson.JsonObject;
import dev.tengil.host.sim.Call;
import dev.tengil.host.sim.Program;
import dev.tengil.host.sim.Programs;
import java.util.List;

/** {@code zfs}. */
public final class ZfsProgram implements Program {

    private static final int USAGE = 2;
    private static final String USERLAND = "zfs-2.3.9-0+deb13u1";
    private static final String KERNEL = "zfs-kmod-2.3.9-0+deb13u1";

    private final Programs programs;

    /**
     * @param programs among which is the one that exports directories
     */
    public ZfsProgram(Programs programs) {
        this.programs = programs;
    }

    @Override
    public int run(Call call) {
        List<String> words = call.arguments();
        if (words.isEmpty()) {
            return call.fail(USAGE, "missing command\nusage: zfs command args ...");
        }
        List<String> rest = words.subList(1, words.size());
        return switch (words.getFirst()) {
            case "version", "--version", "-V" -> version(call, rest);
            case "get" -> ZfsGet.run(call, rest);
            case "list" -> ZfsList.run(call, rest);
            case "create" -> ZfsCreate.run(call, rest);
            case "set" -> ZfsSet.set(call, rest, programs);
            case "inherit" -> ZfsSet.inherit(call, rest);
            case "snapshot", "snap" -> ZfsSnapshot.run(call, rest);
            case "rollback" -> ZfsRollback.run(call, rest);
            case "destroy" -> ZfsDestroy.run(call, rest);
            case "rename" -> ZfsRename.run(call, rest);
            case "clone" -> ZfsClone.run(call, rest);
            case "hold" -> ZfsHold.hold(call, rest);
            case "release" -> ZfsHold.release(call, rest);
            case "load-key" -> Encryption.load(call, rest);
            case "unload-key" -> Encryption.unload(call, rest);
            case "mount" -> ZfsMount.mount(call, rest);
            case "unmount", "umount" -> ZfsMount.unmount(call, rest);
            default -> call.fail(USAGE, "unrecognized command '" + words.getFirst() + "'");
        };
    }

    private static int version(Call call, List<String> words) {
        Options options = new Options(words, "j");
        if (options.problem() != null || !options.operands().isEmpty()) {
            String problem = options.problem() != null ? options.problem() : "too many arguments";
            return usage(call, problem, "version [-j]");
        }
        if (options.has('j')) {
            JsonObject version = new JsonObject();
            version.addProperty("userland", USERLAND);
            version.addProperty("kernel", KERNEL);
            JsonObject about = new JsonObject();
            about.addProperty("command", "zfs version");
            about.addProperty("vers_major", 0);
            about.addProperty("vers_minor", 1);
            JsonObject answer = new JsonObject();
            answer.add("output_version", about);
            answer.add("zfs_version", version);
            call.out(answer.toString());
        } else {
            call.out(USERLAND);
            call.out(KERNEL);
        }
        return 0;
    }

    static int usage(Call call, String problem, String command) {
        return call.fail(USAGE, problem + "\nusage:\n\t" + command);
    }
}
