package dev.tengil.cli;

import com.google.gson.JsonObject;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code tg version}. */
final class VersionCommand implements CliCommand {

    @Override
    public void describe(CommandSpec spec) {
        // takes nothing of its own
    }

    @Override
    public Exit run(ParseResult arguments, Output output) {
        if (output.globals().json()) {
            JsonObject json = new JsonObject();
            json.addProperty("format", 1);
            json.addProperty("version", Version.TEXT);
            json.addProperty("java", Runtime.version().toString());
            output.document(json);
        } else {
            output.result(
                    "tengil " + Version.TEXT + " (Java " + Runtime.version().feature() + ")\n");
        }
        return Exit.OK;
    }
}
