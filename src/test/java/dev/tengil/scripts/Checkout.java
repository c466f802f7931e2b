package dev.tengil.scripts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A clone with the shipped scripts and two small sources, on a machine of its own: no program but those in {@code bin}, no JDK but those in
 * {@code usr/lib/jvm}. Maven and Java are stand-ins, because the scripts are what is tested.
 */
final class Checkout {

    /** What a call left behind; out and err together, as a terminal shows them. */
    record Ran(int exit, String text) {}

    private static final List<String> TOOLS = List.of(
            "sh",
            "cat",
            "cp",
            "dirname",
            "env",
            "find",
            "flock",
            "grep",
            "head",
            "id",
            "mkdir",
            "mktemp",
            "mv",
            "nice",
            "readlink",
            "rm",
            "sed",
            "sha256sum",
            "sleep",
            "sort",
            "sync",
            "tail",
            "touch",
            "xargs");

    final Path machine;
    final Path clone;
    final Path jvms;
    private final Path bin;
    private final Map<String, String> env = new TreeMap<>();

    Checkout(Path folder) throws IOException {
        machine = folder.resolve("machine");
        clone = folder.resolve("my clone");
        jvms = Files.createDirectories(machine.resolve("usr/lib/jvm"));
        bin = Files.createDirectories(machine.resolve("bin"));
        for (String tool : TOOLS) {
            program(tool, "exec '%s' \"$@\"\n".formatted(find(tool)));
        }
        env.put("PATH", bin.toString());
        env.put("HOME", Files.createDirectories(machine.resolve("home")).toString());
        env.put("TMPDIR", Files.createDirectories(machine.resolve("tmp")).toString());
        os("ID=debian\nVERSION_ID=\"13\"\n");

        Files.createDirectories(clone.resolve("it"));
        shipped("tg");
        shipped("it/build");
        shipped("it/ModernClasses.java");
        // Nothing goes on behind a test that is not about it.
        Files.writeString(clone.resolve("it/warm"), "exit 0");
        Files.writeString(clone.resolve("it/jdk"), elsewhere(Files.readString(Path.of("it/jdk"))));
        source("pom.xml", "<project/>");
        source(".mvn/jvm.config", "");
        source("src/main/java/A.java", "class A {}");
        source("src/main/java/B.java", "class B {}");
        source("examples/homelab/tengil.yml", "version: 3");
    }

    private static Path find(String tool) {
        return Stream.of("/usr/bin", "/bin")
                .map(folder -> Path.of(folder, tool))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new AssertionError("the scripts use " + tool + ", which is not installed"));
    }

    private String elsewhere(String script) {
        String moved = script;
        for (String place : List.of("/usr/lib/jvm/", "/opt/", "/etc/os-release")) {
            if (!moved.contains(" " + place)) {
                throw new AssertionError("it/jdk no longer looks at " + place);
            }
            moved = moved.replace(" " + place, " " + machine + place);
        }
        return moved;
    }

    void shipped(String script) throws IOException {
        Files.copy(Path.of(script), clone.resolve(script), StandardCopyOption.REPLACE_EXISTING);
    }

    void os(String release) throws IOException {
        Files.createDirectories(machine.resolve("etc"));
        Files.writeString(machine.resolve("etc/os-release"), release);
    }

    void source(String name, String text) throws IOException {
        Files.createDirectories(clone.resolve(name).getParent());
        Files.writeString(clone.resolve(name), text);
    }

    void variable(String name, String value) {
        env.put(name, value);
    }

    /** A program of this machine, as a shell script. */
    void program(String name, String script) throws IOException {
        executable(bin.resolve(name), script);
    }

    /** A Java that says its version, makes the cache that it is asked for, and else prints its arguments. */
    Path jdk(String name, String version) throws IOException {
        Path home = Files.createDirectories(jvms.resolve(name));
        Files.createDirectories(home.resolve("bin"));
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
        executable(home.resolve("bin/javac"), "");
        executable(home.resolve("bin/java"), """
                [ "$1" = -version ] && echo 'openjdk version "%s"' >&2 && exit
                case $1 in -XX:AOTCacheOutput=*) echo cache > "${1#*=}" ;; esac
                printf '%%s\\n' "java of %s" "$@"
                """.formatted(version, name));
        return home;
    }

    /** A Maven whose jar is the text of all sources, and like the real one leaves in its target what is no longer a source; its library is an empty jar. */
    void maven() throws IOException {
        maven("find \"$target/classes\" -type f -exec cat {} +");
    }

    /** A Maven whose jar is what {@code command} prints. */
    void maven(String command) throws IOException {
        program("mvn", """
                echo build >> '%s'
                for word in "$@"; do
                    case $word in
                        -Dtengil.target=*) target=${word#*=} ;;
                        -DoutputDirectory=*) lib=${word#*=} ;;
                    esac
                done
                mkdir -p "$target/classes" "$lib"
                cp -R src/main/. "$target/classes"
                %s > "$target/tengil-0.jar"
                printf 'PK\\5\\6\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0' > "$lib/library.jar"
                """.formatted(machine.resolve("builds"), command));
    }

    long builds() throws IOException {
        Path log = machine.resolve("builds");
        return Files.exists(log) ? Files.readAllLines(log).size() : 0;
    }

    /** The folder of the jars that a call uses, read off the class path that Java was given. */
    static Path jars(Ran ran) {
        List<String> lines = ran.text().lines().toList();
        String classes = lines.get(lines.indexOf("-cp") + 1);
        return Path.of(classes.substring(0, classes.indexOf(':'))).getParent();
    }

    Ran tg(String... words) throws IOException, InterruptedException {
        return run(clone, "./tg", words);
    }

    /** The cache that is made behind {@code ran}, when its maker is gone. */
    Path cacheBehind(Ran ran) throws IOException, InterruptedException {
        return cacheIn(jars(ran));
    }

    Path cacheIn(Path jars) throws IOException, InterruptedException {
        Path cache = jars.resolve("tengil.aot");
        for (int tries = 0; !Files.exists(cache); tries++) {
            if (tries == 300) {
                throw new AssertionError("no cache was made in 30 s: " + cache);
            }
            Thread.sleep(100);
        }
        run(jars.getParent(), bin.resolve("flock").toString(), "warming", "true");
        return cache;
    }

    Ran run(Path folder, String program, String... words) throws IOException, InterruptedException {
        var command = new ArrayList<String>(List.of(program));
        command.addAll(List.of(words));
        Path output = Files.createTempFile(machine, "output", "");
        var builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(output.toFile());
        builder.environment().clear();
        builder.environment().putAll(env);
        Process process = builder.start();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("still running: " + command);
        }
        return new Ran(process.exitValue(), Files.readString(output));
    }

    private static void executable(Path file, String script) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + script);
        if (!file.toFile().setExecutable(true)) {
            throw new IOException("cannot make executable: " + file);
        }
    }
}
