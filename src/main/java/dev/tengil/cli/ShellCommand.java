package dev.tengil.cli;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code tg shell NAME}: a shell inside a container, on this terminal. */
final class ShellCommand implements CliCommand {

    @Override
    public void describe(CommandSpec spec) {
        spec.addPositional(Words.container());
    }

    @Override
    public Exit run(ParseResult arguments, Output output) {
        try (Session session = Session.openWhateverTheState(output)) {
            ContainerSearch.Found found = ContainerSearch.find(session, arguments.matchedPositionalValue(0, ""));
            if (!found.running()) {
                output.error(
                        "container.not-running",
                        found.name() + " (" + found.vmid() + ") does not run",
                        "Start it: tg start " + found.name());
                return Exit.REFUSED;
            }
            throw new ProgramExit(
                    Attached.run(session, List.of("pct", "enter", found.vmid().toString()), true));
        } catch (Stopped e) {
            return e.exit();
        }
    }
}
