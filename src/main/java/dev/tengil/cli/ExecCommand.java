package dev.tengil.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code tg exec NAME -- ARGV…}: runs one program inside a container. */
final class ExecCommand implements CliCommand {

    @Override
    public void describe(CommandSpec spec) {
        spec.usageMessage().customSynopsis("tg exec [--host DEST] [-c FILE] NAME -- PROGRAM ARGUMENT…");
        spec.addPositional(
                Words.all("WORD", "a container, then behind -- a program and its arguments; no shell reads them"));
    }

    @Override
    public Exit run(ParseResult arguments, Output output) {
        List<String> words = arguments.matchedPositionalValue(0, List.of());
        if (!arguments.originalArgs().contains("--") || words.size() < 2) {
            output.error("cli.usage", "say the container, and behind -- the program", "See: tg exec --help");
            return Exit.INVALID;
        }
        try (Session session = Session.openWhateverTheState(output)) {
            ContainerSearch.Found found = ContainerSearch.find(session, words.getFirst());
            if (!found.running()) {
                output.error(
                        "container.not-running",
                        found.name() + " (" + found.vmid() + ") does not run",
                        "Start it: tg start " + found.name());
                return Exit.REFUSED;
            }
            List<String> argv =
                    new ArrayList<>(List.of("pct", "exec", found.vmid().toString(), "--"));
            argv.addAll(words.subList(1, words.size()));
            throw new ProgramExit(Attached.run(session, argv, false));
        } catch (Stopped e) {
            return e.exit();
        }
    }
}
