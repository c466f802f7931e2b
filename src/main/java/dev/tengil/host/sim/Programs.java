package dev.tengil.host.sim;

import dev.tengil.host.sim.files.FilePrograms;
import dev.tengil.host.sim.nas.NasPrograms;
import dev.tengil.host.sim.pve.ProxmoxPrograms;
import dev.tengil.host.sim.zfs.ZfsProgram;
import dev.tengil.host.sim.zfs.ZpoolProgram;
import java.util.HashMap;
import java.util.Map;

/** The programs that are installed on the simulated host, by name. */
public final class Programs {

    /** What a shell says of a program that is not there. */
    private static final int NOT_FOUND = 127;

    private final Map<String, Program> byName = new HashMap<>();

    Programs() {
        byName.put("zfs", new ZfsProgram(this));
        byName.put("zpool", new ZpoolProgram());
        FilePrograms.all(this).forEach(byName::put);
        ProxmoxPrograms.all(this).forEach(byName::put);
        NasPrograms.all(this).forEach(byName::put);
    }

    /** Whether a program of this name, or at this path, is installed. */
    public boolean has(String name) {
        return byName.containsKey(name.substring(name.lastIndexOf('/') + 1));
    }

    int run(Call call) {
        String name = call.argv().getFirst();
        Program program = byName.get(name.substring(name.lastIndexOf('/') + 1));
        if (program == null) {
            return call.fail(NOT_FOUND, name + ": command not found");
        }
        return program.run(call);
    }
}
