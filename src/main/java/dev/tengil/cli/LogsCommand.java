package dev.tengil.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.tengil.host.Command;
import dev.tengil.host.HostException;
import dev.tengil.host.Result;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * {@code tg logs NAME}. Proxmox records nothing of what a container prints: a container with systemd has a journal of its own; of others
 * only the host's notes on their start and end exist.
 */
final class LogsCommand implements CliCommand {

    private static final int LINES = 100;

    @Override
    public void describe(CommandSpec spec) {
        spec.addPositional(Words.container());
        spec.addOption(OptionSpec.builder("-n", "--lines")
                .type(Integer.class)
                .paramLabel("N")
                .description("how many lines (default " + LINES + ")")
                .build());
        spec.usageMessage()
                .footer(
                        "",
                        "Proxmox records nothing of what a container prints. Shown is the journal inside the container,",
                        "or where it has none, what the host noted of its start and end.");
    }

    @Override
    public Exit run(ParseResult arguments, Output output) {
        int lines = arguments.matchedOptionValue("--lines", LINES);
        if (lines < 1) {
            output.error("cli.usage", "--lines takes a number from 1 on", null);
            return Exit.INVALID;
        }
        try (Session session = Session.openWhateverTheState(output)) {
            return show(session, ContainerSearch.find(session, arguments.matchedPositionalValue(0, "")), lines);
        } catch (Stopped e) {
            return e.exit();
        } catch (HostException e) {
            return Session.broken(output, e).exit();
        }
    }

    private static Exit show(Session session, ContainerSearch.Found found, int lines) throws HostException {
        Output output = session.output();
        String count = Integer.toString(lines);
        String vmid = found.vmid().toString();
        if (found.running()) {
            Result inside = session.host()
                    .run(Command.reads(
                            "pct", "exec", vmid, "--", "journalctl", "--no-pager", "--output=short-iso", "-n", count));
            if (inside.exit() == 0) {
                return print("the container's journal", inside.out(), output);
            }
        }
        Result host = session.host()
                .run(Command.reads(
                        "journalctl", "--no-pager", "--output=short-iso", "-n", count, "-u", "pve-container@" + vmid));
        if (host.exit() == 0) {
            output.say("Proxmox records nothing of what this container prints, and "
                    + (found.running() ? "it has no journal" : "it does not run")
                    + ": this is what the host noted of its start and end.\n"
                    + "To watch it live, on the host: pct console " + vmid);
            return print("the host's journal", host.out(), output);
        }
        output.error(
                "container.no-logs",
                found.name() + " (" + vmid + ") " + (found.running() ? "has no journal" : "does not run")
                        + ", and the host has none about it",
                "Proxmox records nothing of what a container prints. To watch it live, on the host: pct console "
                        + vmid);
        return Exit.ERROR;
    }

    private static Exit print(String source, String text, Output output) {
        if (output.globals().json()) {
            JsonObject json = new JsonObject();
            json.addProperty("format", 1);
            json.addProperty("source", source);
            JsonArray lines = new JsonArray();
            List<String> all = text.lines().toList();
            all.forEach(lines::add);
            json.add("lines", lines);
            output.document(json);
        } else {
            output.result(text.endsWith("\n") || text.isEmpty() ? text : text + "\n");
        }
        return Exit.OK;
    }
}
