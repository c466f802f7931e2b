package dev.tengil.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the scripts of the test machine say when something is not there, or breaks; that they work is seen by the tests on the machine. */
class VmTest {

    @TempDir
    Path folder;

    private Path bin;
    private Path vms;

    @BeforeEach
    void a_machine_with_every_program() throws IOException {
        bin = Files.createDirectories(folder.resolve("bin"));
        vms = folder.resolve("cache/tengil/vm");
        for (String program : List.of("mmdebstrap", "mke2fs", "qemu-img", "qemu-system-x86_64", "ssh-keygen", "ssh")) {
            program(program, "echo must not run; exit 1");
        }
        program("id", "echo 0");
        program("apt-get", "echo 'deb-uri bookworm'");
        program("apt-config", ":");
    }

    private void program(String name, String script) throws IOException {
        Path file = bin.resolve(name);
        Files.writeString(file, "#!/bin/sh\n" + script + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private Checkout.Ran run(String... words) throws IOException, InterruptedException {
        Path output = folder.resolve("output");
        ProcessBuilder builder = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(output.toFile());
        builder.environment().merge("PATH", bin.toString(), (path, mine) -> mine + ":" + path);
        builder.environment().put("XDG_CACHE_HOME", folder.resolve("cache").toString());
        Process process = builder.start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Checkout.Ran(process.exitValue(), Files.readString(output));
    }

    private Path image() throws IOException, InterruptedException {
        Path image = Path.of(run("sh", "-c", "home=. && . it/vm/machine && echo \"$vm\"")
                .text()
                .strip());
        Files.writeString(Files.createDirectories(image).resolve("initrd"), "");
        return image;
    }

    @Test
    void a_build_that_fails_names_the_step_and_the_log_and_leaves_nothing() throws Exception {
        program("mmdebstrap", "echo 'E: no archive answers' >&2; exit 25");
        Checkout.Ran ran = run("it/vm/build");
        assertThat(ran.exit()).isNotZero();
        Path log = vms.resolve("build.log");
        assertThat(ran.text())
                .matches("(?s) +\\d+ s  a Debian 13\n.*")
                .endsWith("it/vm/build failed at: a Debian 13 (all of it: " + log + ")\nE: no archive answers\n");
        try (Stream<Path> left = Files.list(vms)) {
            assertThat(left.filter(Files::isDirectory)).isEmpty();
        }
    }

    @Test
    void an_image_that_is_there_is_not_built_again() throws Exception {
        Path image = image();
        assertThat(run("it/vm/build")).isEqualTo(new Checkout.Ran(0, image + " is there\n"));
    }

    @Test
    void without_an_image_up_says_what_makes_one() throws Exception {
        assertThat(run("it/vm/up")).isEqualTo(new Checkout.Ran(1, "there is no image yet; it/vm/build makes it\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"it/vm/ssh", "it/vm/tg", "it/vm/reset"})
    void what_needs_it_running_says_what_starts_it(String script) throws Exception {
        assertThat(run(script)).isEqualTo(new Checkout.Ran(1, "the machine does not run; it/vm/up starts it\n"));
    }

    @Test
    void a_machine_that_does_not_start_says_so() throws Exception {
        image();
        program("qemu-img", "");
        program("qemu-system-x86_64", "echo 'qemu: could not load kernel' >&2; exit 1");
        Checkout.Ran ran = run("it/vm/up");
        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.text()).contains("could not load kernel", "the machine does not start");
    }

    @Test
    void down_ends_no_process_that_has_the_number_by_now() throws Exception {
        Process other = new ProcessBuilder("sleep", "60").start();
        try {
            Path guest = Files.createDirectories(image().resolve("1"));
            Files.writeString(guest.resolve("pid"), other.pid() + "\n");
            assertThat(run("it/vm/down")).isEqualTo(new Checkout.Ran(0, ""));
            assertThat(other.isAlive()).isTrue();
        } finally {
            other.destroy();
        }
    }
}
