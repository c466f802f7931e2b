package dev.tengil.cli;

import com.google.gson.GsonBuilder;
import dev.tengil.config.SchemaWriter;
import dev.tengil.plan.TengilFile;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code tg schema}: the JSON Schema of tengil.yml, for editors. */
final class SchemaCommand implements CliCommand {

    @Override
    public void describe(CommandSpec spec) {
        spec.usageMessage()
                .footer(
                        "",
                        "Save it beside the file, and begin the file with:",
                        "# yaml-language-server: $schema=tengil.schema.json");
    }

    @Override
    public Exit run(ParseResult arguments, Output output) {
        output.result(new GsonBuilder()
                        .disableHtmlEscaping()
                        .setPrettyPrinting()
                        .create()
                        .toJson(SchemaWriter.write(TengilFile.ROOT))
                + "\n");
        return Exit.OK;
    }
}
