package dev.tengil.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.tengil.cli.view.PlanJson;
import dev.tengil.host.HostException;
import dev.tengil.model.Address;
import dev.tengil.resource.FieldChange;
import java.util.List;
import java.util.SortedMap;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code tg status}: what is applied, what runs and where, what waits for a restart, what drifted. */
final class StatusCommand implements CliCommand {

    @Override
    public void describe(CommandSpec spec) {
        // takes nothing of its own
    }

    @Override
    public Exit run(ParseResult arguments, Output output) {
        try (Session session = Session.open(output)) {
            Planned planned = new Planning(session).review();
            output.diagnostics(
                    planned.diagnostics().all().stream()
                            .filter(each -> each.severity() == dev.tengil.model.Severity.ERROR)
                            .toList(),
                    session.file().source());
            List<Standing> rows = rows(session, planned);
            if (output.globals().json()) {
                output.document(json(session, planned, rows));
            } else {
                output.result(text(session, planned, rows));
            }
            return planned.diagnostics().hasErrors() ? Exit.REFUSED : Exit.OK;
        } catch (Stopped e) {
            return e.exit();
        }
    }

    private static List<Standing> rows(Session session, Planned planned) throws Stopped {
        try {
            return Standing.all(session.host(), planned, session.applied());
        } catch (HostException e) {
            throw Session.broken(session.output(), e);
        }
    }

    private static String text(Session session, Planned planned, List<Standing> rows) {
        StringBuilder out = new StringBuilder();
        out.append("Stack ")
                .append(session.applied().stack())
                .append(" on ")
                .append(session.host().name())
                .append(": ")
                .append(
                        session.stateMissing()
                                ? "nothing applied yet"
                                : Count.of(session.applied().resources().size(), "resource") + " applied, generation "
                                        + session.applied().generation())
                .append(".\n");
        int widest = rows.stream()
                .mapToInt(row -> row.container().name().length())
                .max()
                .orElse(0);
        for (Standing row : rows) {
            String name = row.container().name();
            out.append("  ")
                    .append(name)
                    .append(" ".repeat(widest - name.length() + 2))
                    .append(row.container().vmid())
                    .append("  ")
                    .append(row.line())
                    .append('\n');
        }
        if (planned.diagnostics().hasErrors()) {
            return out.append("What would change cannot be said before the errors are gone.\n")
                    .toString();
        }
        SortedMap<Address, List<FieldChange>> drift = Drift.of(planned.plan(), session.applied());
        if (!drift.isEmpty()) {
            out.append("Changed on the host since the last apply:\n").append(Drift.text(drift));
        }
        if (planned.plan().isEmpty()) {
            return out.append("The host matches ")
                    .append(session.file().name())
                    .append(".\n")
                    .toString();
        }
        return out.append(Count.of(planned.plan().changes().size(), "change"))
                .append(" to make; see: tg plan\n")
                .toString();
    }

    private static JsonObject json(Session session, Planned planned, List<Standing> rows) {
        JsonObject root = new JsonObject();
        root.addProperty("format", 1);
        root.addProperty("host", session.host().name());
        root.addProperty("stack", session.applied().stack());
        root.addProperty("generation", session.applied().generation());
        root.addProperty("serial", session.applied().serial());
        root.addProperty("resources", session.applied().resources().size());
        root.add("diagnostics", PlanJson.diagnostics(planned.diagnostics().all()));
        JsonArray containers = new JsonArray();
        rows.forEach(row -> containers.add(row.json()));
        root.add("containers", containers);
        JsonArray drift = new JsonArray();
        Drift.of(planned.plan(), session.applied()).forEach((address, fields) -> {
            for (FieldChange field : fields) {
                JsonObject each = new JsonObject();
                each.addProperty("address", address.toString());
                each.addProperty("field", field.field());
                each.addProperty("applied", field.after());
                each.addProperty("now", field.before());
                drift.add(each);
            }
        });
        root.add("drift", drift);
        root.addProperty("changes", planned.plan().changes().size());
        return root;
    }
}
