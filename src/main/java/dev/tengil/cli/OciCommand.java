package dev.tengil.cli;

import dev.tengil.model.Nearest;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** {@code tg oci VERB …}: what registries have and whom they let in, and what of it lies on the host. */
final class OciCommand implements CliCommand {

    /** What stands behind each verb; none, one or more words. */
    private static final Map<String, String> VERBS = Map.of(
            "login", "HOST",
            "logout", "HOST",
            "tags", "IMAGE",
            "info", "IMAGE",
            "search", "WORD…",
            "list", "",
            "status", "");

    private static final List<String> LATER = List.of("catalog", "install", "pull", "remove", "prune");

    /** Options that mean something to one verb only. */
    private static final Map<String, String> OPTIONS =
            Map.of("--username", "login", "--password-stdin", "login", "--platform", "info");

    @Override
    public void describe(CommandSpec spec) {
        spec.usageMessage()
                .customSynopsis(
                        "tg oci info IMAGE [--platform OS/ARCHITECTURE]",
                        "tg oci tags IMAGE",
                        "tg oci search WORD…",
                        "tg oci login HOST [-u USER] [--password-stdin]",
                        "tg oci logout HOST",
                        "tg oci list",
                        "tg oci status")
                .footer(
                        "",
                        "Registries are asked from this machine, with the registries: of the file where there is one, and the"
                                + " logins of tg, podman and docker. list and status look at the host.");
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
    }

    @Override
    public Exit run(ParseResult arguments, Output output) {
        List<String> words = arguments.matchedPositionalValue(0, List.of());
        String verb = words.isEmpty() ? "" : words.getFirst();
        List<String> rest = words.isEmpty() ? words : words.subList(1, words.size());
        if (LATER.contains(verb)) {
            output.error("cli.not-yet", "tg oci " + verb + " is not there yet; its name is kept for it", null);
            return Exit.INVALID;
        }
        String wrong = wrong(verb, rest, arguments);
        if (wrong != null) {
            output.error("cli.usage", wrong, "See: tg oci --help");
            return Exit.INVALID;
        }
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
            List<String> known = Stream.concat(VERBS.keySet().stream(), LATER.stream())
                    .sorted()
                    .toList();
            return verb.isEmpty()
                    ? "say what to do: info, tags, search, login, logout, list or status"
                    : "tg oci has no \"" + verb + "\"" + Nearest.suggestion(verb, known);
        }
        for (String option : OPTIONS.keySet().stream().sorted().toList()) {
            if (arguments.hasMatchedOption(option) && !verb.equals(OPTIONS.get(option))) {
                return option + " is for tg oci " + OPTIONS.get(option);
            }
        }
        if ((rest.isEmpty() && !wanted.isEmpty()) || rest.stream().anyMatch(String::isBlank)) {
            return "tg oci " + verb + " wants " + wanted;
        }
        int most = wanted.isEmpty() ? 0 : wanted.equals("WORD…") ? Integer.MAX_VALUE : 1;
        return rest.size() > most
                ? "tg oci " + verb + " does not know what to do with \"" + rest.get(most) + "\""
                : null;
    }
}
