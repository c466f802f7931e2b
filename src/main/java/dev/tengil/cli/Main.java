package dev.tengil.cli;

import dev.tengil.model.Nearest;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** The program {@code tg}. */
public final class Main {

    private static final int NAME_COLUMN = 10;
    /** What picocli takes at least. */
    private static final int NARROWEST_HELP = 55;

    private Main() {}

    /** Ends the process with the command's exit code. */
    public static void main(String[] args) {
        WatchedOutput written = new WatchedOutput(new FileOutputStream(FileDescriptor.out));
        PrintStream out = new PrintStream(new BufferedOutputStream(written), true, System.out.charset());
        int code = run(args, Io.ofProcess(out));
        out.flush();
        code = unlessLost(code, written.why());
        System.err.flush();
        // halt, not exit: shutdown hooks belong to the signal path, which has its own end
        Runtime.getRuntime().halt(code);
    }

    /** What was done is done; but nobody shall take a part of what was to be said for the whole. */
    private static int unlessLost(int code, @Nullable String why) {
        if (why == null) {
            return code;
        }
        System.err.println("error[cli.output]: standard output could not be written: " + why);
        System.err.println("  help: What was done is done. See where the output was to go, and run tg status.");
        return code == Exit.OK.code() || code == Exit.CHANGES.code() ? Exit.ERROR.code() : code;
    }

    /** Runs one command line. */
    public static int run(String[] args, Io io) {
        try {
            return dispatch(args, io).code();
        } catch (ProgramExit e) {
            return e.code();
        } catch (UncheckedIOException e) {
            // the simulated host's folder
            new Output(io, Globals.NONE)
                    .error("sim.unusable", "the simulated host's folder cannot be used: " + e.getMessage(), null);
            return Exit.ERROR.code();
        } catch (RuntimeException | Error e) {
            return Defect.report(e, io).code();
        }
    }

    private static Exit dispatch(String[] args, Io io) {
        CommandTable table = new CommandTable();
        int at = commandWord(args);
        if (at < 0) {
            if (args.length == 0
                    || Arrays.asList(args).contains("--help")
                    || Arrays.asList(args).contains("-h")) {
                io.out().print(overview(table));
                return args.length == 0 ? Exit.INVALID : Exit.OK;
            }
            if (Arrays.asList(args).contains("--version")) {
                args = new String[] {"version"};
                at = 0;
            } else {
                return complain(io, Arrays.asList(args), "no command given", "See: tg --help");
            }
        }
        String name = args[at];
        List<String> rest = new ArrayList<>(Arrays.asList(args));
        rest.remove(at);
        if (name.equals("help")) {
            if (rest.isEmpty()) {
                io.out().print(overview(table));
                return Exit.OK;
            }
            name = rest.getLast();
            rest = List.of("--help");
        }
        CommandTable.Entry entry = table.find(name);
        return entry == null ? unknown(name, table, rest, io) : call(entry, rest, io);
    }

    private static Exit call(CommandTable.Entry entry, List<String> arguments, Io io) {
        CliCommand command = entry.command().get();
        CommandSpec spec = CommandSpec.create().name("tg " + entry.name());
        spec.usageMessage()
                .description(sentence(entry.summary()))
                .width(Math.max(NARROWEST_HELP, io.columns()))
                .abbreviateSynopsis(true);
        Globals.addTo(spec);
        command.describe(spec);
        CommandLine line = new CommandLine(spec);
        try {
            ParseResult parsed = line.parseArgs(arguments.toArray(String[]::new));
            if (parsed.isUsageHelpRequested()) {
                io.out().print(line.getUsageMessage(CommandLine.Help.Ansi.OFF));
                return Exit.OK;
            }
            Globals globals = Globals.of(parsed);
            if (!Globals.COLORS.contains(globals.color())) {
                String message = "--color " + globals.color() + ": write auto, always or never";
                return complain(io, arguments, message, "See: tg " + entry.name() + " --help");
            }
            Output output = new Output(io, globals);
            Exit exit = command.run(parsed, output);
            output.endDocument();
            return exit;
        } catch (ParameterException e) {
            return complain(io, arguments, WrongWords.message(e, entry.name()), "See: tg " + entry.name() + " --help");
        }
    }

    private static Exit unknown(String name, CommandTable table, List<String> rest, Io io) {
        if (CommandTable.isLater(name)) {
            Output output = new Output(io, Globals.unread(rest));
            output.error("cli.not-yet", "tg " + name + " is not there yet; its name is kept for it", null);
            output.endDocument();
            return Exit.INVALID;
        }
        return complain(
                io,
                rest,
                "there is no command \"" + name + "\""
                        + Nearest.to(name, table.names())
                                .map(near -> "; did you mean \"tg " + near + "\"?")
                                .orElse(""),
                "See: tg --help");
    }

    private static Exit complain(Io io, List<String> arguments, String message, @Nullable String help) {
        Output output = new Output(io, Globals.unread(arguments));
        output.error("cli.usage", message, help);
        output.endDocument();
        return Exit.INVALID;
    }

    /** The first word that is no option and no option's value. */
    private static int commandWord(String[] args) {
        for (int i = 0; i < args.length; i++) {
            if (Globals.takesValue(args[i])) {
                i++;
            } else if (!args[i].startsWith("-")) {
                return i;
            }
        }
        return -1;
    }

    private static String overview(CommandTable table) {
        StringBuilder text = new StringBuilder("""
                tg makes a Proxmox host match one file, tengil.yml.

                Usage: tg [--host DEST] [-c FILE] COMMAND …

                Commands:
                """);
        for (CommandTable.Entry entry : table.all()) {
            text.append("  ")
                    .append(entry.name())
                    .append(" ".repeat(NAME_COLUMN - entry.name().length()))
                    .append(entry.summary())
                    .append('\n');
        }
        return text.append("""

                Try it without a host:   tg apply --host sim -c examples/homelab/tengil.yml
                More about a command:    tg COMMAND --help
                """).toString();
    }

    private static String sentence(String summary) {
        return Character.toUpperCase(summary.charAt(0)) + summary.substring(1) + ".";
    }
}
