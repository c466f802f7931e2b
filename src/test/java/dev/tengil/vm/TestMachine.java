package dev.tengil.vm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The running Debian with real ZFS, Samba and NFS that {@code it/vm/up} started; one test class at a time has it. */
final class TestMachine {

    /** What a command left behind; out and err together. */
    record Ran(int exit, String text) {

        String succeeded() {
            assertThat(exit).as(text).isZero();
            return text;
        }
    }

    private static final int PATIENCE_MINUTES = 10;

    private final Path folder;
    private final FileChannel taken;

    private TestMachine(Path folder, FileChannel taken) {
        this.folder = folder;
        this.taken = taken;
    }

    /** As it was when it had been started for the first time. */
    static TestMachine fresh() throws IOException, InterruptedException {
        String folder = System.getenv("TENGIL_VM");
        assumeTrue(folder != null, "skipped: there is no test machine (as root: ./test --vm makes it)");
        Path here = Path.of(folder);
        FileChannel taken =
                FileChannel.open(here.resolve("taken-by-tests"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        // Held until it is closed, or we are gone.
        taken.lock();
        TestMachine machine = new TestMachine(here, taken);
        machine.reset();
        return machine;
    }

    private void reset() throws IOException, InterruptedException {
        run(List.of("it/vm/reset"), null).succeeded();
    }

    /** A script for the machine's own shell, which ends at the first command that fails. */
    Ran sh(String script) throws IOException, InterruptedException {
        return run(List.of(folder.resolve("bin/ssh").toString(), "tengil-vm", "sh -eu -s"), script);
    }

    /** The real program, in a process of its own, with the machine as its host. */
    Ran tg(String... args) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.tengil.cli.Main",
                "--host",
                "tengil-vm"));
        words.addAll(Arrays.asList(args));
        Ran ran = run(words, null);
        assertThat(ran.text()).doesNotContain("tengil.defect").doesNotContain("\tat ");
        return ran;
    }

    private Ran run(List<String> words, @Nullable String stdin) throws IOException, InterruptedException {
        Path in = Files.createTempFile("tengil-vm", ".in");
        Path out = Files.createTempFile("tengil-vm", ".out");
        try {
            Files.writeString(in, stdin == null ? "" : stdin);
            ProcessBuilder builder = new ProcessBuilder(words)
                    .redirectInput(in.toFile())
                    .redirectOutput(out.toFile())
                    .redirectErrorStream(true);
            // tg calls ssh by its name: the one that knows the machine comes first.
            builder.environment().merge("PATH", folder.resolve("bin").toString(), (path, bin) -> bin + ":" + path);
            Process process = builder.start();
            if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new AssertionError("still running: " + words + "\n" + Files.readString(out));
            }
            return new Ran(process.exitValue(), Files.readString(out));
        } finally {
            Files.delete(in);
            Files.delete(out);
        }
    }

    /** Puts it back, and lets the next one have it. */
    void giveBack() throws IOException, InterruptedException {
        try (taken) {
            reset();
        }
    }
}
