package dev.tengil.cli;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * Options that every command takes, before or behind its name.
 *
 * @param config path of the file, {@code -} for standard input; null to search
 * @param host target; null to search
 */
record Globals(
        @Nullable String config, @Nullable String host, String color, boolean quiet, boolean verbose, boolean json) {

    /** Nothing said. */
    static final Globals NONE = new Globals(null, null, "auto", false, false, false);

    /** What {@code --color} takes. */
    static final Set<String> COLORS = Set.of("auto", "always", "never");

    /** Of arguments that could not be read: how to answer can still be known. */
    static Globals unread(List<String> arguments) {
        int end = arguments.indexOf("--");
        List<String> own = end < 0 ? arguments : arguments.subList(0, end);
        return new Globals(null, null, "auto", false, false, own.contains("--json"));
    }

    /** Options with a value, which the search for the command's name must step over. */
    static boolean takesValue(String option) {
        return option.equals("-c") || option.equals("--config") || option.equals("--host") || option.equals("--color");
    }

    static void addTo(CommandSpec spec) {
        spec.addOption(OptionSpec.builder("-c", "--config")
                .type(String.class)
                .paramLabel("FILE")
                .description("the file to use; - reads standard input")
                .build());
        spec.addOption(OptionSpec.builder("--host")
                .type(String.class)
                .paramLabel("DEST")
                .description("local, sim, sim:DIR, ssh://user@host[:port] or an ssh alias")
                .build());
        spec.addOption(OptionSpec.builder("--color")
                .type(String.class)
                .paramLabel("WHEN")
                .defaultValue("auto")
                .description("auto, always or never")
                .build());
        spec.addOption(flag("-q", "--quiet", "say only what went wrong"));
        spec.addOption(flag("-v", "--verbose", "also say every command that runs, looking or changing"));
        spec.addOption(flag("--json", "--json", "print JSON"));
        spec.addOption(OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("show this help")
                .build());
    }

    private static OptionSpec flag(String shortName, String longName, String description) {
        OptionSpec.Builder option =
                shortName.equals(longName) ? OptionSpec.builder(longName) : OptionSpec.builder(shortName, longName);
        return option.type(boolean.class).description(description).build();
    }

    static Globals of(ParseResult parsed) {
        return new Globals(
                parsed.matchedOptionValue("--config", null),
                parsed.matchedOptionValue("--host", null),
                parsed.matchedOptionValue("--color", "auto"),
                parsed.matchedOptionValue("--quiet", false),
                parsed.matchedOptionValue("--verbose", false),
                parsed.matchedOptionValue("--json", false));
    }
}
