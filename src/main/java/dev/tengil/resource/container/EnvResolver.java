package dev.tengil.resource.container;

import dev.tengil.model.Diagnostic;
import dev.tengil.model.Fields;
import dev.tengil.model.ImageReference;
import dev.tengil.model.Literal;
import dev.tengil.model.Located;
import dev.tengil.model.Parsed;
import dev.tengil.model.Secret;
import dev.tengil.model.Span;
import dev.tengil.resource.Declaration;
import dev.tengil.resource.container.ContainerShapes.EnvEntry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Collects the variables that the file sets: those of env_file first, then env, which wins. */
final class EnvResolver {

    private static final int LARGEST = 128 << 10;

    private EnvResolver() {}

    /**
     * @param image what it is made from; null for a template, also for one in the place of an image: then Proxmox is too old to know
     *     variables
     */
    static List<Container.Variable> resolve(Scope scope, @Nullable ImageReference image) {
        if (image == null && OriginResolver.image(scope.asked) != null) {
            return List.of();
        }
        Map<String, EnvEntry> entries = new LinkedHashMap<>();
        for (Located<String> file : scope.asked.list(ContainerKeys.ENV_FILE)) {
            switch (scope.inputs.file().apply(file.value())) {
                case Parsed.Ok<String>(String text) -> read(scope, file.value(), text, file.span(), entries);
                case Parsed.Bad<String>(String reason) ->
                    scope.error(
                            "container.env-file", reason, file.span(), "The path counts from tengil.yml's directory.");
            }
        }
        Map<String, EnvEntry> named = new LinkedHashMap<>();
        for (Declaration declaration : scope.asked.all()) {
            add(scope, declaration.fields().value(ContainerKeys.ENV), named);
            Fields oci = declaration.fields().value(OldContainerKeys.OCI);
            add(scope, oci == null ? null : oci.value(OldContainerKeys.OCI_ENV), named);
        }
        entries.putAll(named);
        List<Container.Variable> variables = new ArrayList<>();
        entries.values().forEach(entry -> variable(scope, entry, variables));
        return List.copyOf(variables);
    }

    private static void add(Scope scope, @Nullable List<EnvEntry> more, Map<String, EnvEntry> known) {
        if (more == null) {
            return;
        }
        for (EnvEntry entry : more) {
            EnvEntry before = known.putIfAbsent(entry.name(), entry);
            boolean same = before == null
                    || (before.value().text().equals(entry.value().text())
                            && java.util.Objects.equals(
                                    before.value().secret(), entry.value().secret()));
            if (!same) {
                scope.context
                        .diagnostics()
                        .add(Diagnostic.error(
                                        "container.conflict",
                                        "container " + scope.asked.name() + " is given two different values for "
                                                + entry.name())
                                .at(entry.span())
                                .hint("the other one is in line "
                                        + before.span().line())
                                .help("It is one container, declared in several places: say the variable once."));
            }
        }
    }

    /**
     * Lines {@code NAME=value}; empty ones and those behind # say nothing. Quotes belong to the value, as with Docker. Who keeps values
     * apart from the file has a reason to, so none is shown.
     */
    private static void read(Scope scope, String file, String text, Span span, Map<String, EnvEntry> entries) {
        int number = 0;
        for (String line : text.split("\r?\n", -1)) {
            number++;
            String trimmed = line.strip();
            if (trimmed.isEmpty() || trimmed.startsWith("#")) {
                continue;
            }
            Parsed<EnvEntry> entry = ContainerShapes.envLine(new Located<>(new Literal(trimmed, false, null), span));
            switch (entry) {
                case Parsed.Ok<EnvEntry>(EnvEntry(String name, Literal value, Span at)) -> {
                    Secret secret = Secret.of(file + " " + name, value.text().stripTrailing());
                    entries.put(name, new EnvEntry(name, new Literal(secret.name(), false, secret), at));
                }
                case Parsed.Bad<EnvEntry>(String reason) ->
                    scope.error("container.env-file", "line " + number + " of the env_file: " + reason, span, null);
            }
        }
    }

    private static void variable(Scope scope, EnvEntry entry, List<Container.Variable> variables) {
        String name = entry.name();
        Secret secret = entry.value().secret();
        String text = entry.value().text();
        if (secret != null ? secret.is(EnvResolver::hasControls) : hasControls(text)) {
            scope.error(
                    "container.env",
                    "the variable " + name + " has a line break or control character, which Proxmox cannot store",
                    entry.span(),
                    "Put the text into a file on a volume, and its path into the variable.");
            return;
        }
        if (secret != null ? secret.is(value -> tooLong(name, value)) : tooLong(name, text)) {
            scope.error(
                    "container.env",
                    "the variable " + name + " is longer than the 128 KiB that Linux passes to a program",
                    entry.span(),
                    "Put the text into a file on a volume, and its path into the variable.");
            return;
        }
        // Proxmox trims the line, so blanks at the end would be a difference forever.
        variables.add(new Container.Variable(name, secret == null ? text.stripTrailing() : null, secret));
    }

    /** In the configuration of a container a line break would begin a line of its own. */
    private static boolean hasControls(String text) {
        return text.chars().anyMatch(c -> (c < 0x20 && c != '\t') || c == 0x7f);
    }

    private static boolean tooLong(String name, String text) {
        return (name + "=" + text).getBytes(StandardCharsets.UTF_8).length >= LARGEST;
    }
}
