package dev.tengil.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
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

    /** What a call left behind. */
    public record Ran(int exit, String out, String err) {}

    private final Path folder;
    private final Map<String, String> env = new HashMap<>();

    public Tg(Path folder) {
        this.folder = folder;
        env.put("HOME", folder.toString());
        env.put("TENGIL_HOST", "sim:w");
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
                80);
        int exit = Main.run(args, io);
        return new Ran(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
