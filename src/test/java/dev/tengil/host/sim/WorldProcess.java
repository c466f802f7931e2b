package dev.tengil.host.sim;

import dev.tengil.host.Command;
import dev.tengil.host.HostException;
import dev.tengil.model.HostPath;
import java.nio.file.Path;
import java.time.Duration;

/** A process of its own that makes datasets in a world: {@code FOLDER PREFIX COUNT FAULTS}; it holds the lock of its prefix. */
final class WorldProcess {

    private WorldProcess() {}

    public static void main(String[] args) throws HostException {
        Faults faults = Faults.parse(args[3], Faults.Death.HALT).orThrow();
        try (SimulatedHost host =
                SimulatedHost.in(Path.of(args[0]), "sim", faults).orThrow()) {
            host.lock(HostPath.of("/var/lib/tengil/" + args[1]), args[1], Duration.ZERO);
            for (int i = 0; i < Integer.parseInt(args[2]); i++) {
                host.run(Command.changes("zfs", "create", "tank/" + args[1] + i));
            }
        }
    }
}
