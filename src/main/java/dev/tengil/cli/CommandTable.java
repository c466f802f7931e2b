package dev.tengil.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** All command names: those that work, and those that are kept for later work. Only the one that is called is built. */
final class CommandTable {

    /** One line of {@code tg --help}. */
    record Entry(String name, String summary, Supplier<CliCommand> command) {}

    private static final Map<String, String> ALIASES = Map.of("diff", "plan", "up", "apply");

    private static final List<String> LATER = List.of(
            "init",
            "add",
            "packages",
            "suggest",
            "apps",
            "compose",
            "migrate-to-oci",
            "drift",
            "import-drift",
            "import",
            "scan",
            "mv",
            "forget",
            "ids",
            "fix-owner",
            "history",
            "rollback",
            "snapshot",
            "recover",
            "watch",
            "service",
            "git");

    private final Map<String, Entry> entries = new LinkedHashMap<>();

    CommandTable() {
        add("plan", "show what apply would change", PlanCommand::new);
        add("apply", "make the host match the file", ApplyCommand::new);
        add("update", "give containers newer images, with a way back", UpdateCommand::new);
        add("verify", "check the file, and with --host whether it fits there", VerifyCommand::new);
        add("status", "show what is applied, what runs and where, and what drifted", StatusCommand::new);
        add("doctor", "look at what the host has and lacks", DoctorCommand::new);
        add("explain", "say what a value is and where it came from", ExplainCommand::new);
        add("schema", "print the JSON Schema of tengil.yml", SchemaCommand::new);
        add("adopt", "take over a container that exists", AdoptCommand::new);
        add("state", "show, rebuild or forget what tengil remembers", StateCommand::new);
        add("start", "start a container", () -> new PowerCommand(PowerCommand.Verb.START));
        add("stop", "shut a container down", () -> new PowerCommand(PowerCommand.Verb.STOP));
        add("restart", "restart a container", () -> new PowerCommand(PowerCommand.Verb.RESTART));
        add("exec", "run a program inside a container", ExecCommand::new);
        add("shell", "open a shell inside a container", ShellCommand::new);
        add("logs", "show what a container logged", LogsCommand::new);
        add("oci", "look into registries, log in to them, and what the host has", OciCommand::new);
        add("sim", "make, look at and talk to a simulated host", SimCommand::new);
        add("version", "print the version", VersionCommand::new);
    }

    private void add(String name, String summary, Supplier<CliCommand> command) {
        entries.put(name, new Entry(name, summary, command));
    }

    @org.jspecify.annotations.Nullable
    Entry find(String name) {
        return entries.get(ALIASES.getOrDefault(name, name));
    }

    static boolean isLater(String name) {
        return LATER.contains(name);
    }

    Iterable<Entry> all() {
        return entries.values();
    }

    List<String> names() {
        return List.copyOf(entries.keySet());
    }
}
