package dev.tengil.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartTest {

    @TempDir
    Path folder;

    private Checkout checkout;

    @BeforeEach
    void a_machine_with_maven_and_java() throws IOException {
        checkout = new Checkout(folder);
        checkout.maven();
        checkout.jdk("jdk-25", "25.0.3");
    }

    @Test
    void it_starts_through_links_from_another_directory_and_from_a_path_with_spaces() throws Exception {
        Path elsewhere = Files.createDirectories(folder.resolve("else where"));
        Path links = Files.createDirectories(elsewhere.resolve("bin"));
        Files.createSymbolicLink(links.resolve("tg"), checkout.clone.resolve("tg"));
        Files.createSymbolicLink(links.resolve("relative"), Path.of("../../my clone/tg"));
        Files.createSymbolicLink(links.resolve("neighbour"), Path.of("relative"));
        for (String call : List.of(
                checkout.clone + "/tg",
                "../my clone/tg",
                "bin/tg",
                "bin/relative",
                "bin/neighbour",
                links + "/neighbour")) {
            Checkout.Ran ran = checkout.run(elsewhere, call, "a word", "");
            assertThat(ran.exit()).as(call + "\n" + ran.text()).isZero();
            assertThat(ran.text()).as(call).endsWith("dev.tengil.cli.Main\na word\n\n");
        }
        Checkout.Ran beside = checkout.run(links, "sh", "neighbour");
        assertThat(beside.text()).endsWith("dev.tengil.cli.Main\n");
        assertThat(checkout.builds()).isEqualTo(1);
    }

    @Test
    void the_cache_is_made_behind_the_first_call_and_used_by_the_next() throws Exception {
        checkout.shipped("it/warm");
        Checkout.Ran first = checkout.tg("version");
        assertThat(first.text()).doesNotContain("-XX:AOTCache");
        Path cache = checkout.cacheBehind(first);
        assertThat(cache.getParent().getFileName().toString()).matches("[0-9a-f]{64}");
        assertThat(checkout.tg("version").text()).contains("-XX:AOTCache=" + cache + "\n");
    }

    @Test
    void a_cache_serves_exactly_the_jars_and_the_jdk_it_was_made_for() throws Exception {
        checkout.shipped("it/warm");
        Path first = checkout.cacheBehind(checkout.tg("version"));
        checkout.source("src/main/java/A.java", "class A { int changed; }");
        Path changed = checkout.cacheBehind(checkout.tg("version"));
        assertThat(changed).isNotEqualTo(first);
        // As the package manager replaces it: by renaming within the directory, with the times of the package.
        Path java = checkout.jvms.resolve("jdk-25/bin/java");
        String upgraded = Files.readString(java).replace("25.0.3", "25.0.4");
        Files.delete(java);
        checkout.jdk("jdk-25", "25.0.4");
        assertThat(java).content().isEqualTo(upgraded);
        Checkout.Ran ran = checkout.tg("version");
        assertThat(ran.text()).doesNotContain("-XX:AOTCache");
        assertThat(checkout.cacheBehind(ran)).isNotEqualTo(changed);
        assertThat(checkout.builds()).isEqualTo(2);
    }

    @Test
    void a_checkout_that_was_copied_uses_its_own_jars() throws Exception {
        checkout.tg("version");
        Path copy = folder.resolve("copy");
        assertThat(new ProcessBuilder("cp", "-R", checkout.clone.toString(), copy.toString())
                        .start()
                        .waitFor())
                .isZero();
        assertThat(Checkout.jars(checkout.run(copy, "./tg", "version")).startsWith(copy))
                .isTrue();
        assertThat(checkout.builds()).isEqualTo(1);
    }

    @Test
    void a_cache_that_was_cut_off_or_overwritten_does_not_break_the_start() throws Exception {
        checkout.shipped("it/warm");
        checkout.variable("JAVA_HOME", System.getProperty("java.home"));
        checkout.maven("cat '" + program() + "'");
        assertThat(checkout.tg("hello").text()).endsWith("main was given hello\n");
        Path cache = checkout.cacheIn(onlyFolderIn(checkout.clone.resolve(".tengil-build")));
        byte[] whole = Files.readAllBytes(cache);
        for (byte[] damaged : List.of(new byte[0], Arrays.copyOf(whole, whole.length / 3), new byte[whole.length])) {
            Files.write(cache, damaged);
            assertThat(checkout.tg("hello")).isEqualTo(new Checkout.Ran(0, "main was given hello\n"));
        }
    }

    private static Path onlyFolderIn(Path folder) throws IOException {
        try (var entries = Files.list(folder)) {
            return entries.filter(Files::isDirectory).findFirst().orElseThrow();
        }
    }

    private Path program() throws IOException {
        Path source = Files.createDirectories(folder.resolve("dev/tengil/cli")).resolve("Main.java");
        Files.writeString(source, """
                package dev.tengil.cli;
                public class Main {
                    public static void main(String[] words) { System.out.println("main was given " + words[0]); }
                }
                """);
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, source.toString()))
                .isZero();
        Path jar = folder.resolve("real.jar");
        try (var out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new JarEntry("dev/tengil/cli/Main.class"));
            out.write(Files.readAllBytes(source.resolveSibling("Main.class")));
        }
        return jar;
    }
}
