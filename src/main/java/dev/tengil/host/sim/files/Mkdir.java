package dev.tengil.host.sim.files;

import dev.tengil.host.sim.Call;
import dev.tengil.host.sim.Disk;
import dev.tengil.host.sim.Inode;
import dev.tengil.host.sim.Program;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code mkdir [-p] [-m MODE] PATH…}. */
final class Mkdir implements Program {

    @Override
    public int run(Call call) {
        List<String> rest = new ArrayList<>(call.arguments());
        int mode = 0755;
        for (int i = 0; i < rest.size() && !rest.get(i).equals("--"); i++) {
            if (rest.get(i).equals("-m") && i + 1 < rest.size()) {
                mode = Integer.parseInt(rest.remove(i + 1), 8);
                rest.remove(i--);
            } else if (rest.get(i).startsWith("--mode=")) {
                mode = Integer.parseInt(rest.remove(i--).substring("--mode=".length()), 8);
            }
        }
        Words words = Words.of(rest);
        String unknown = words.unknown("-p", "--parents");
        if (!unknown.isEmpty()) {
            return call.fail(1, Words.complaint("mkdir", unknown));
        }
        Disk disk = call.world().disk();
        int exit = 0;
        for (String path : words.operands()) {
            Inode there = disk.follow(path);
            if (words.has("-p", "--parents")) {
                boolean dangling = there == null && disk.get(path) != null;
                if (dangling || (there != null && there.kind() != Inode.Kind.DIRECTORY)) {
                    exit = call.fail(1, "mkdir: cannot create directory " + Words.typographic(path) + ": File exists");
                } else if (there == null && refusal(disk, path) != null) {
                    exit = call.fail(1, "mkdir: cannot create directory " + refusal(disk, path));
                } else if (there == null) {
                    disk.mkdirs(path, mode);
                }
            } else if (there != null || disk.get(path) != null) {
                exit = call.fail(1, "mkdir: cannot create directory " + Words.typographic(path) + ": File exists");
            } else if (disk.refusal(path) != null) {
                exit = call.fail(
                        1, "mkdir: cannot create directory " + Words.typographic(path) + ": " + disk.refusal(path));
            } else {
                disk.make(path, Inode.directory(mode, 0, 0, call.world().now().getEpochSecond()));
            }
        }
        return exit;
    }

    /** Which of the directories above cannot be made, and why. */
    private static @Nullable String refusal(Disk disk, String path) {
        String first = path;
        for (String above = Words.parent(first); disk.follow(above) == null; above = Words.parent(above)) {
            first = above;
        }
        String why = disk.refusal(first);
        String stuck = "Not a directory".equals(why) ? Words.parent(first) : first;
        return why == null ? null : Words.typographic(stuck) + ": " + why;
    }
}
