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
    public Exit run(ParseResult arguments, Globals globals, Io io) {
        if (globals.json()) {
            JsonObject json = new JsonObject();
            json.addProperty("format", 1);
            json.addProperty("version", Version.TEXT);
            json.addProperty("java", Runtime.version().toString());
            io.out().println(json);
        } else {
            io.out()
                    .println("tengil " + Version.TEXT + " (Java "
                            + Runtime.version().feature() + ")");
        }
        return Exit.OK;
    }
}
