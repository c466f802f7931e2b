package dev.tengil.host.sim.pve;

import dev.tengil.host.Bytes;
import dev.tengil.host.GuestConfReplace;
import dev.tengil.host.sim.Call;
import dev.tengil.host.sim.Disk;
import dev.tengil.host.sim.Inode;
import dev.tengil.host.sim.Program;
import dev.tengil.host.sim.Programs;
import java.util.List;

/**
 * {@code flock -w SECONDS FILE PROGRAM…}. Commands run one after the other here, so the lock is always free; a fault can say otherwise.
 * Of shell texts only the one that replaces a container's config is known, by its very words.
 */
final class FlockProgram implements Program {

    private final Programs programs;

    FlockProgram(Programs programs) {
        this.programs = programs;
    }

    @Override
    public int run(Call call) {
        List<String> words = call.arguments();
        if (words.size() < 4 || !words.get(0).equals("-w") || !words.get(1).matches("\\d+(?:\\.\\d+)?")) {
            return call.fail(64, "flock: the simulated host knows only flock -w SECONDS FILE PROGRAM [ARGUMENTS]");
        }
        String lock = words.get(2);
        String directory = lock.substring(0, Math.max(1, lock.lastIndexOf('/')));
        if (call.world().disk().follow(directory) == null) {
            return call.fail(66, "flock: cannot open lock file " + lock + ": No such file or directory");
        }
        if (call.world().disk().follow(lock) == null) {
            call.world().disk().write(lock, Bytes.EMPTY, 0644);
        }
        List<String> inner = words.subList(3, words.size());
        if (!inner.getFirst().equals("sh")) {
            return call.exec(programs, inner, call.stdin());
        }
        if (inner.size() != 6 || !inner.get(1).equals("-c") || !inner.get(2).equals(GuestConfReplace.SCRIPT)) {
            return call.fail(126, "sh: the simulated host has no shell");
        }
        return replace(call, inner.get(4), inner.get(5));
    }

    private static int replace(Call call, String file, String digest) {
        Disk disk = call.world().disk();
        Inode before = disk.follow(file);
        if (before == null) {
            return call.fail(2, "tengil-conf-replace: 4: cannot open " + file + ": No such file");
        }
        if (!before.content().digest("SHA-1").equals(digest)) {
            return call.fail(GuestConfReplace.CHANGED_MEANWHILE, "tengil: " + file + " was changed by somebody else");
        }
        disk.write(file, call.stdin(), 0640);
        return 0;
    }
}
