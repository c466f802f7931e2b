package dev.tengil.cli;

import com.google.gson.JsonObject;
import dev.tengil.cli.view.Visible;
import dev.tengil.state.SecretStore;
import java.util.Objects;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** {@code tg explain FIELD}: what a value is, and where it came from. */
final class ExplainCommand implements CliCommand {

    @Override
    public void describe(CommandSpec spec) {
        spec.addPositional(PositionalParamSpec.builder()
                .type(String.class)
                .index("0")
                .arity("1")
                .required(true)
                .paramLabel("FIELD")
                .description("tank/media.zfs.recordsize, container.jellyfin.memory, defaults.bridge, profiles…")
                .build());
        spec.usageMessage().footer("", "With --host, values that tengil or the host chose are shown as well.");
    }

    @Override
    public Exit run(ParseResult arguments, Output output) {
        String field = arguments.matchedPositionalValue(0, "");
        try {
            if (field.equals("profiles") || field.startsWith("profiles.")) {
                return profiles(field, output);
            }
            Explanation explanation;
            if (output.globals().host() == null) {
                FileReading file = FileReading.read(output, new SecretStore());
                explanation = new Explainer(file, output).explain(field, null);
            } else {
                try (Session session = Session.open(output)) {
                    explanation = new Explainer(session.file(), output).explain(field, session);
                }
            }
            say(field, explanation, output);
            return Exit.OK;
        } catch (Stopped e) {
            return e.exit();
        }
    }

    private static Exit profiles(String field, Output output) throws Stopped {
        ProfileList list = ProfileList.of(output);
        String name = field.equals("profiles") ? null : field.substring("profiles.".length());
        if (name != null && !list.has(name)) {
            output.error(
                    "dataset.unknown-profile", "there is no profile \"" + name + "\"" + list.suggestion(name), null);
            return Exit.INVALID;
        }
        if (output.globals().json()) {
            output.document(list.json(name));
        } else {
            output.result(list.text(name));
        }
        return Exit.OK;
    }

    private static void say(String field, Explanation explanation, Output output) {
        if (output.globals().json()) {
            JsonObject json = new JsonObject();
            json.addProperty("format", 1);
            json.addProperty("field", field);
            json.addProperty("value", explanation.value());
            json.addProperty("from", explanation.from());
            json.addProperty("about", explanation.about());
            output.document(json);
            return;
        }
        String value = Visible.lines(Objects.requireNonNullElse(explanation.value(), "not set"));
        output.result(field + ":" + (value.contains("\n") ? "\n" + value.indent(4) : " " + value + "\n"));
        output.result("  from: " + explanation.from() + "\n");
        if (explanation.about() != null) {
            output.result("  " + explanation.about() + "\n");
        }
    }
}
