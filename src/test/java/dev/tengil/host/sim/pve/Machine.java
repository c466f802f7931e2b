package dev.tengil.host.sim.pve;

import dev.tengil.host.Bytes;
import dev.tengil.host.Command;
import dev.tengil.host.FileWrite;
import dev.tengil.host.Host;
import dev.tengil.host.HostException;
import dev.tengil.host.HostFile;
import dev.tengil.host.Result;
import dev.tengil.host.sim.Faults;
import dev.tengil.host.sim.SimulatedHost;
import dev.tengil.model.HostPath;
import java.util.Arrays;
import java.util.List;

/** A simulated host with a few short words for tests. */
record Machine(Host host) {

    static Machine of(String world) {
        return new Machine(SimulatedHost.inMemory(world, Faults.none()).orThrow());
    }

    /** One with the redis image pulled to {@code local:vztmpl/redis.tar}, and a data set tank/media. */
    static Machine withImage(String world) {
        Machine machine = of(world);
        machine.ok("zfs create tank/media");
        machine.ok("skopeo copy docker://redis:7 oci-archive:/var/lib/vz/template/cache/redis.tar");
        return machine;
    }

    Result run(String... argv) {
        try {
            return host.run(Command.changes(Arrays.asList(argv)));
        } catch (HostException e) {
            throw new AssertionError(e);
        }
    }

    /** Splits at blanks. */
    Result sh(String line) {
        return run(line.split(" ", -1));
    }

    /** Its output; it must succeed. */
    String ok(String line) {
        Result result = sh(line);
        if (result.exit() != 0) {
            throw new AssertionError(line + ": " + result.exit() + "\n" + result.out() + result.err());
        }
        return result.out();
    }

    String conf(int vmid) {
        return text("/etc/pve/lxc/" + vmid + ".conf");
    }

    String text(String path) {
        try {
            HostFile file = host.read(List.of(HostPath.of(path))).get(HostPath.of(path));
            return file == null ? "" : file.content().text();
        } catch (HostException e) {
            throw new AssertionError(e);
        }
    }

    void write(String path, String content) {
        try {
            host.write(new FileWrite(HostPath.of(path), Bytes.utf8(content), 0640));
        } catch (HostException e) {
            throw new AssertionError(e);
        }
    }
}
