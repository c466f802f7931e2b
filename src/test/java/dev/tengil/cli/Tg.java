package dev.tengil.cli;

import dev.tengil.host.Host;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The program in a folder of its own, with a simulated host in {@code w} and a file {@code tengil.yml}. */
public final class Tg {

    public static final String SMALL = """
            version: 3
            pools:
              tank:
                datasets:
                  media:
                    profile: media
                  docs:
                    profile: documents
                    containers:
                      - name: web
                        template: debian-13-standard
                        mount: /docs
                        ports: [8080]
            """;

    /** Enough for many starts of a JVM on a machine that has much else to do. */
    private static final int PATIENCE_MINUTES = 30;

    /** What a call left behind. */
    public record Ran(int exit, String out, String err) {}

    private final Path folder;
    private final Map<String, String> env = new HashMap<>();
    private Map<String, Host> hosts = Map.of();

    public Tg(Path folder) {
        this.folder = folder;
        env.put("HOME", folder.toString());
        env.put("TENGIL_HOST", "sim:w");
    }

    /** Means this host instead of a simulated one. */
    public Tg host(Host host) {
        hosts = Map.of(host.name(), host);
        return with("TENGIL_HOST", host.name());
    }

    public Tg with(String variable, String value) {
        env.put(variable, value);
        return this;
    }

    public Tg without(String variable) {
        env.remove(variable);
        return this;
    }

    public Tg file(String text) throws IOException {
        Files.writeString(folder.resolve("tengil.yml"), text);
        return this;
    }

    public Path path(String name) {
        return folder.resolve(name);
    }

    public Tg faults(String yaml) throws IOException {
        Files.createDirectories(folder.resolve("w"));
        Files.writeString(folder.resolve("w/faults.yml"), yaml);
        return this;
    }

    public Ran run(String... args) {
        return answering("", args);
    }

    /** Words of one line. */
    public Ran say(String line) {
        return run(line.split(" ", -1));
    }

    /** One argv on the simulated host itself. */
    public Ran onHost(String line) {
        List<String> args = new ArrayList<>(List.of("sim", "w", "--"));
        args.addAll(Arrays.asList(line.split(" ", -1)));
        return run(args.toArray(String[]::new));
    }

    /** A line for bash, in a process of its own; {@code tg}, or {@code "${TG[@]}"} for one process, is this program. A pipe ends with the exit code of what failed in it. */
    public Ran shell(String line) throws IOException, InterruptedException {
        Path out = Files.createTempFile(folder, "shell", ".out");
        Path err = Files.createTempFile(folder, "shell", ".err");
        // Tests that were started in the background ignore signals, and so would all that they start.
        String tg = "TG=(env --default-signal '" + Path.of(System.getProperty("java.home"), "bin", "java")
                + "' -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp '" + System.getProperty("java.class.path")
                + "' dev.tengil.cli.Main)\ntg() { \"${TG[@]}\" \"$@\"; }\nset -o pipefail\n";
        ProcessBuilder builder = new ProcessBuilder("bash", "-c", tg + line).directory(folder.toFile());
        builder.environment().putAll(env);
        builder.environment().putAll(Map.of("USER", "anna", "HOSTNAME", "laptop"));
        Process process = builder.redirectInput(new File("/dev/null"))
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new AssertionError(line + " does not end");
        }
        return new Ran(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    public Ran answering(String stdin, String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Io io = new Io(
                new ByteArrayInputStream(stdin.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                Map.copyOf(env),
                folder,
                false,
                false,
                80,
                time -> {},
                hosts);
        int exit = Main.run(args, io);
        return new Ran(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
