package dev.tengil.cli;

import static java.util.Map.entry;

import dev.tengil.model.Nearest;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** {@code tg oci VERB …}: what registries have and whom they let in, and what of it lies on the host. */
final class OciCommand implements CliCommand {

    /** A verb to which words are welcome and not needed. */
    private static final String ANY = "[WORD…]";

    /** What stands behind each verb; none, one or more words. */
    private static final Map<String, String> VERBS = Map.ofEntries(
            entry("login", "HOST"),
            entry("logout", "HOST"),
            entry("tags", "IMAGE"),
            entry("info", "IMAGE"),
            entry("search", "WORD…"),
            entry("catalog", ANY),
            entry("install", "NAME or IMAGE"),
            entry("pull", "IMAGE"),
            entry("remove", "ARCHIVE"),
            entry("prune", ""),
            entry("list", ""),
            entry("status", ""));

    /** Options that mean something to some verbs only. */
    private static final Map<String, List<String>> OPTIONS = Map.of(
            "--username", List.of("login"),
            "--password-stdin", List.of("login"),
            "--platform", List.of("info"),
            "--in", List.of("install"),
            "--storage", List.of("pull"),
            "--yes", List.of("remove", "prune"),
            "--dry-run", List.of("prune"));

    @Override
    public void describe(CommandSpec spec) {
        spec.usageMessage()
                .customSynopsis(
                        "tg oci info IMAGE [--platform OS/ARCHITECTURE]",
                        "tg oci tags IMAGE",
                        "tg oci search WORD…",
                        "tg oci catalog [WORD…]",
                        "tg oci install NAME|IMAGE [--in DATASET]",
                        "tg oci pull IMAGE [--storage STORAGE]",
                        "tg oci remove ARCHIVE [--yes]",
                        "tg oci prune [--dry-run] [--yes]",
                        "tg oci login HOST [-u USER] [--password-stdin]",
                        "tg oci logout HOST",
                        "tg oci list",
                        "tg oci status")
                .footer(
                        "",
                        "Registries are asked from this machine, with the registries: of the file where there is one, and the"
                                + " logins of tg, podman and docker. install writes into the file; pull, remove and prune change what lies on"
                                + " the host, list and status look at it.");
        spec.addPositional(Words.all("WORD", "what to do, and with what"));
        spec.addOption(OptionSpec.builder("-u", "--username")
                .type(String.class)
                .paramLabel("USER")
                .description("with login: who logs in")
                .build());
        spec.addOption(PlanArguments.flag("--password-stdin", "with login: the password comes by standard input"));
        spec.addOption(OptionSpec.builder("--platform")
                .type(String.class)
                .paramLabel("OS/ARCH")
                .description("with info: linux/arm64, for example (default linux/amd64)")
                .build());
        spec.addOption(OptionSpec.builder("--in")
                .type(String.class)
                .paramLabel("DATASET")
                .description("with install: the dataset of the file that shall hold the volumes")
                .build());
        spec.addOption(OptionSpec.builder("--storage")
                .type(String.class)
                .paramLabel("STORAGE")
                .description("with pull: where the archive is to lie (default local)")
                .build());
        spec.addOption(PlanArguments.flag("--yes", "with remove and prune: do not ask"));
        spec.addOption(PlanArguments.flag("--dry-run", "with prune: only show what would go"));
    }

    @Override
    public Exit run(ParseResult arguments, Output output) {
        List<String> words = arguments.matchedPositionalValue(0, List.of());
        String verb = words.isEmpty() ? "" : words.getFirst();
        List<String> rest = words.isEmpty() ? words : words.subList(1, words.size());
        String wrong = wrong(verb, rest, arguments);
        if (wrong != null) {
            output.error("cli.usage", wrong, "See: tg oci --help");
            return Exit.INVALID;
        }
        boolean yes = arguments.matchedOptionValue("--yes", false);
        try {
            return switch (verb) {
                case "login" ->
                    OciLogin.in(
                            rest.getFirst(),
                            arguments.matchedOptionValue("--username", null),
                            arguments.matchedOptionValue("--password-stdin", false),
                            output);
                case "logout" -> OciLogin.out(rest.getFirst(), output);
                case "tags" -> OciTags.run(rest.getFirst(), output);
                case "info" ->
                    OciInfo.run(rest.getFirst(), arguments.matchedOptionValue("--platform", "linux/amd64"), output);
                case "search" -> OciSearch.everywhere().run(rest, output);
                case "catalog" -> OciCatalog.run(rest, output);
                case "install" -> OciInstall.run(rest.getFirst(), arguments.matchedOptionValue("--in", null), output);
                case "pull" -> OciPull.run(rest.getFirst(), arguments.matchedOptionValue("--storage", null), output);
                case "remove" -> OciRemove.run(rest.getFirst(), yes, output);
                case "prune" -> OciPrune.run(yes, arguments.matchedOptionValue("--dry-run", false), output);
                case "list" -> OciList.run(output);
                default -> OciStatus.run(output);
            };
        } catch (Stopped e) {
            return e.exit();
        }
    }

    private static @Nullable String wrong(String verb, List<String> rest, ParseResult arguments) {
        String wanted = VERBS.get(verb);
        if (wanted == null) {
            List<String> known = VERBS.keySet().stream().sorted().toList();
            return verb.isEmpty()
                    ? "say what to do: " + String.join(", ", known)
                    : "tg oci has no \"" + verb + "\"" + Nearest.suggestion(verb, known);
        }
        for (String option : OPTIONS.keySet().stream().sorted().toList()) {
            if (arguments.hasMatchedOption(option) && !allowed(option).contains(verb)) {
                return option + " is for tg oci " + String.join(" and ", allowed(option));
            }
        }
        if ((rest.isEmpty() && !wanted.isEmpty() && !wanted.equals(ANY))
                || rest.stream().anyMatch(String::isBlank)) {
            return "tg oci " + verb + " wants " + wanted;
        }
        int most = wanted.isEmpty() ? 0 : wanted.contains("…") ? Integer.MAX_VALUE : 1;
        return rest.size() > most
                ? "tg oci " + verb + " does not know what to do with \"" + rest.get(most) + "\""
                : null;
    }

    private static List<String> allowed(String option) {
        return OPTIONS.getOrDefault(option, List.of());
    }
}
