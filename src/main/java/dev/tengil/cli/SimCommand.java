package dev.tengil.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.tengil.host.Bytes;
import dev.tengil.host.Command;
import dev.tengil.host.Result;
import dev.tengil.host.WholeFile;
import dev.tengil.host.sim.Faults;
import dev.tengil.host.sim.SimulatedHost;
import dev.tengil.host.sim.WorldText;
import dev.tengil.model.Parsed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** {@code tg sim new DIR}, {@code tg sim show [DIR]}, {@code tg sim [DIR] -- ARGV…}. */
final class SimCommand implements CliCommand {

    @Override
    public void describe(CommandSpec spec) {
        spec.usageMessage()
                .customSynopsis(
                        "tg sim new DIR [--world FILE]", "tg sim show [DIR]", "tg sim [DIR] -- PROGRAM ARGUMENT…");
        spec.addOption(OptionSpec.builder("--world")
                .type(String.class)
                .paramLabel("FILE")
                .description("with new: the description of the world, see docs/simulated-host.md")
                .build());
        spec.addPositional(PositionalParamSpec.builder()
                .type(List.class)
                .auxiliaryTypes(String.class)
                .arity("0..*")
                .paramLabel("WORD")
                .description("new, show, a folder, or behind -- a program of the simulated host")
                .build());
    }

    @Override
    public Exit run(ParseResult arguments, Output output) {
        List<String> words = arguments.matchedPositionalValue(0, List.of());
        boolean dashes = arguments.originalArgs().contains("--");
        String first = words.isEmpty() ? "" : words.getFirst();
        if (!dashes && first.equals("new")) {
            return make(words.subList(1, words.size()), arguments.matchedOptionValue("--world", null), output);
        }
        if (!dashes && first.equals("show")) {
            return show(words.size() > 1 ? words.get(1) : "", output);
        }
        if (!dashes) {
            output.error("cli.usage", "say what to do: new, show, or -- and a program", "See: tg sim --help");
            return Exit.INVALID;
        }
        int before = beforeDashes(arguments);
        if (before > 1 || words.size() == before) {
            output.error(
                    "cli.usage",
                    before > 1 ? "before -- stands at most a folder" : "say which program shall run there",
                    "For example: tg sim -- zfs list");
            return Exit.INVALID;
        }
        Path folder = folder(before == 1 ? first : "", output.io());
        return talk(folder, words.subList(before, words.size()), output);
    }

    /** How many words stand before {@code --}. */
    private static int beforeDashes(ParseResult arguments) {
        List<String> original = arguments.originalArgs();
        int dashes = original.indexOf("--");
        int words = 0;
        for (int i = 0; i < dashes; i++) {
            if (Globals.takesValue(original.get(i)) || original.get(i).equals("--world")) {
                i++;
            } else if (!original.get(i).startsWith("-")) {
                words++;
            }
        }
        return words;
    }

    /** The folder meant by {@code --host sim} when none is named: below the user's own data. */
    static Path folder(String named, Io io) {
        if (!named.isEmpty()) {
            return io.directory().resolve(named);
        }
        String data = io.env().get("XDG_DATA_HOME");
        return (data == null || data.isEmpty() ? io.home().resolve(".local/share") : Path.of(data))
                .resolve("tengil/sim");
    }

    /** Opens a simulated host, with the faults that lie in its folder. */
    static Parsed<SimulatedHost> open(Path folder, String name) {
        Path faults = folder.resolve("faults.yml");
        try {
            Parsed<Faults> read = Files.exists(faults)
                    ? Faults.parse(Files.readString(faults), Faults.Death.HALT, folder.resolve("waiting"))
                    : Parsed.ok(Faults.none());
            return read.then(plan -> SimulatedHost.in(folder, name, plan));
        } catch (IOException e) {
            return Parsed.bad(faults + " cannot be read");
        }
    }

    private static Exit make(List<String> words, @org.jspecify.annotations.Nullable String world, Output output) {
        if (words.size() != 1) {
            output.error("cli.usage", "say where: tg sim new DIR", null);
            return Exit.INVALID;
        }
        Path folder = folder(words.getFirst(), output.io());
        if (Files.exists(folder.resolve("state.json"))) {
            output.error("sim.exists", folder + " holds a simulated host already", "Choose another folder.");
            return Exit.REFUSED;
        }
        try {
            Files.createDirectories(folder, WholeFile.PRIVATE_DIRECTORY);
            if (world != null) {
                WholeFile.write(
                        folder.resolve("world.yml"),
                        Files.readString(output.io().directory().resolve(world)),
                        WholeFile.PRIVATE);
            }
        } catch (IOException e) {
            output.error("sim.unusable", "the folder or the description cannot be used: " + why(e), null);
            return Exit.ERROR;
        }
        return switch (open(folder, "sim")) {
            case Parsed.Bad<SimulatedHost>(String reason) -> {
                output.error("sim.unusable", reason, null);
                yield Exit.INVALID;
            }
            case Parsed.Ok<SimulatedHost>(SimulatedHost host) -> {
                host.close();
                output.say("A simulated host is in " + folder + ". Use it with: --host sim:" + words.getFirst());
                output.json(List.of());
                yield Exit.OK;
            }
        };
    }

    private static String why(IOException e) {
        return e instanceof NoSuchFileException ? "there is no file " + e.getMessage() : WholeFile.why(e);
    }

    private static Exit show(String named, Output output) {
        Path folder = folder(named, output.io());
        if (!Files.exists(folder.resolve("state.json")) && !Files.exists(folder.resolve("world.yml"))) {
            output.error(
                    "sim.absent",
                    "there is no simulated host in " + folder,
                    "Make one: tg sim new " + (named.isEmpty() ? "DIR" : named));
            return Exit.REFUSED;
        }
        return switch (open(folder, "sim")) {
            case Parsed.Bad<SimulatedHost>(String reason) -> {
                output.error("sim.unusable", reason, null);
                yield Exit.ERROR;
            }
            case Parsed.Ok<SimulatedHost>(SimulatedHost host) -> {
                String world = host.look(WorldText::of);
                if (output.globals().json()) {
                    output.document(json(folder, world));
                } else {
                    output.result(world);
                }
                yield Exit.OK;
            }
        };
    }

    private static JsonObject json(Path folder, String world) {
        JsonObject json = new JsonObject();
        json.addProperty("format", 1);
        json.addProperty("folder", folder.toString());
        JsonArray lines = new JsonArray();
        world.lines().forEach(lines::add);
        json.add("lines", lines);
        return json;
    }

    /** Exit code, standard output and standard error are the program's own. */
    private static Exit talk(Path folder, List<String> argv, Output output) {
        return switch (open(folder, "sim")) {
            case Parsed.Bad<SimulatedHost>(String reason) -> {
                output.error("sim.unusable", reason, null);
                yield Exit.ERROR;
            }
            case Parsed.Ok<SimulatedHost>(SimulatedHost host) -> throw new ProgramExit(run(host, argv, output.io()));
        };
    }

    private static int run(SimulatedHost host, List<String> argv, Io io) {
        Result result = host.run(Command.changes(argv).withStdin(stdin(io)));
        io.out().write(result.stdout().toArray(), 0, result.stdout().size());
        io.err().write(result.stderr().toArray(), 0, result.stderr().size());
        return result.exit();
    }

    /** What was piped in; a terminal is not waited for. */
    private static Bytes stdin(Io io) {
        try {
            return io.interactive() || "1".equals(io.env().get("TENGIL_STDIN_TTY"))
                    ? Bytes.EMPTY
                    : Bytes.of(io.in().readAllBytes());
        } catch (IOException e) {
            // no standard input is the same as an empty one
            return Bytes.EMPTY;
        }
    }
}
