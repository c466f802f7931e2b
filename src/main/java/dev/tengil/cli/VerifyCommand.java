package dev.tengil.cli;

import dev.tengil.cli.view.PlanJson;
import dev.tengil.model.Diagnostic;
import dev.tengil.model.Severity;
import dev.tengil.state.SecretStore;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code tg verify}: is the file right; and with {@code --host}, does it fit the host. */
final class VerifyCommand implements CliCommand {

    @Override
    public void describe(CommandSpec spec) {
        spec.usageMessage()
                .footer("", "Without --host nothing but the file is looked at; with it, the host is asked as well.");
    }

    @Override
    public Exit run(ParseResult arguments, Output output) {
        try {
            return output.globals().host() == null ? offline(output) : onHost(output);
        } catch (Stopped e) {
            return e.exit();
        }
    }

    private static Exit offline(Output output) throws Stopped {
        FileReading file = FileReading.read(output, new SecretStore());
        List<Diagnostic> all = new ArrayList<>(file.warnings());
        FileEnvironment environment = new FileEnvironment(output.io(), file.directory(), new SecretStore());
        List<Diagnostic> found = FileAlone.check(file.fields(), file.declared(), environment);
        all.addAll(found);
        output.diagnostics(found, file.source());
        if (found.stream().anyMatch(each -> each.severity() == Severity.ERROR)) {
            output.json(all);
            return Exit.INVALID;
        }
        return good(file.name().equals("-") ? "Standard input" : file.name(), all, output);
    }

    private static Exit onHost(Output output) throws Stopped {
        try (Session session = Session.open(output)) {
            Planned planned = new Planning(session).review();
            output.diagnostics(planned.diagnostics().all(), session.file().source());
            List<Diagnostic> all = new ArrayList<>(session.file().warnings());
            all.addAll(planned.diagnostics().all());
            if (planned.diagnostics().hasErrors()) {
                output.json(all);
                return Exit.REFUSED;
            }
            return good(session.file().name() + " on " + session.host().name(), all, output);
        }
    }

    private static Exit good(String what, List<Diagnostic> diagnostics, Output output) {
        if (output.globals().json()) {
            output.document(PlanJson.of(null, diagnostics));
        } else if (!output.globals().quiet()) {
            long warnings = diagnostics.stream()
                    .filter(each -> each.severity() == Severity.WARNING)
                    .count();
            output.result(
                    what + " is valid" + (warnings == 0 ? "" : ", with " + Count.of(warnings, "warning")) + ".\n");
        }
        return Exit.OK;
    }
}
