package dev.tengil.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.tengil.host.Host;
import dev.tengil.host.HostException;
import dev.tengil.resource.facts.Facts;
import dev.tengil.resource.facts.Observer;
import dev.tengil.resource.facts.Wanted;
import java.util.List;
import java.util.TreeSet;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code tg doctor}: what the host has and lacks, without needing a file that is right. */
final class DoctorCommand implements CliCommand {

    @Override
    public void describe(CommandSpec spec) {
        // takes nothing of its own
    }

    @Override
    public Exit run(ParseResult arguments, Output output) {
        try (Host host = Targets.open(output, DoctorFile.host(output))) {
            Wanted everything = new Wanted(
                    new TreeSet<>(),
                    new TreeSet<>(),
                    new TreeSet<>(),
                    new TreeSet<>(),
                    new TreeSet<>(),
                    new TreeSet<>(),
                    false,
                    true,
                    true,
                    true,
                    false);
            Observer.Observation seen = Observer.observe(host, everything, 0);
            Facts facts = seen.facts();
            List<HostCheck> checks = HostCheck.all(host, facts, DoctorFile.stack(output));
            output.diagnostics(seen.diagnostics().all(), null);
            if (output.globals().json()) {
                output.document(json(host, checks));
            } else {
                output.result("Host " + host.name() + ", node " + facts.node().name() + "\n");
                checks.forEach(check -> output.result(check.line(output.ink())));
            }
            boolean bad = checks.stream().anyMatch(check -> check.grade() == HostCheck.Grade.MISSING);
            return bad || seen.diagnostics().hasErrors() ? Exit.ERROR : Exit.OK;
        } catch (HostException e) {
            return Session.broken(output, e).exit();
        } catch (Stopped e) {
            return e.exit();
        }
    }

    private static JsonObject json(Host host, List<HostCheck> checks) {
        JsonObject root = new JsonObject();
        root.addProperty("format", 1);
        root.addProperty("host", host.name());
        JsonArray array = new JsonArray();
        for (HostCheck check : checks) {
            JsonObject each = new JsonObject();
            each.addProperty("subject", check.subject());
            each.addProperty("grade", check.grade().word());
            each.addProperty("found", check.found());
            if (check.todo() != null) {
                each.addProperty("todo", check.todo());
            }
            array.add(each);
        }
        root.add("checks", array);
        return root;
    }
}
