import dev.tengil.host.Command;
import dev.tengil.host.sim.Faults;
import dev.tengil.host.sim.SimulatedHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Runs the command lines of a file on a simulated host, one after the other and without tengil: {@code Replay FOLDER FILE}. */
void main(String[] arguments) throws IOException {
    try (SimulatedHost host = SimulatedHost.in(Path.of(arguments[0]), "sim", Faults.none()).orThrow()) {
        for (String line : Files.readAllLines(Path.of(arguments[1]))) {
            if (host.run(Command.changes(List.of(line.split(" ")))).exit() != 0) {
                throw new IllegalStateException(line);
            }
        }
    }
}
