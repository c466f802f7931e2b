package dev.tengil.vm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tengil.host.SshDestination;
import dev.tengil.host.SshHost;
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

    static final String ABSENT = "skipped: there is no test machine (as root: ./test --vm makes it)";

    private static final String BOOT = "cat /proc/sys/kernel/random/boot_id";
    private static final int PATIENCE_MINUTES = 30;
    private static final int POLL_MILLIS = 500;

    private final Path folder;
    private final FileChannel taken;

    private TestMachine(Path folder, FileChannel taken) {
        this.folder = folder;
        this.taken = taken;
    }

    static boolean isThere() {
        return System.getenv("TENGIL_VM") != null;
    }

    /** As it was when it had been started for the first time; waits until one is free. */
    static TestMachine fresh() throws IOException, InterruptedException {
        String folders = System.getenv("TENGIL_VM");
        assumeTrue(folders != null, ABSENT);
        while (true) {
            for (String folder : folders.split(":")) {
                Path here = Path.of(folder);
                FileChannel taken = FileChannel.open(
                        here.resolve("taken-by-tests"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                // Held until it is closed, or we are gone.
                if (taken.tryLock() != null) {
                    TestMachine machine = new TestMachine(here, taken);
                    machine.reset();
                    return machine;
                }
                taken.close();
            }
            Thread.sleep(POLL_MILLIS);
        }
    }

    /** Again as it was when it had been started for the first time. */
    void reset() throws IOException, InterruptedException {
        run(List.of("it/vm/reset"), null).succeeded();
    }

    /** A script for the machine's own shell, which ends at the first command that fails. */
    Ran sh(String script) throws IOException, InterruptedException {
        return run(List.of(folder.resolve("bin/ssh").toString(), "tengil-vm", "sh -eu -s"), script);
    }

    /** Runs a line there with a file from here as its standard input. */
    Ran copyIn(Path file, String line) throws IOException, InterruptedException {
        return run(
                List.of(
                        "bash",
                        "-c",
                        "exec \"$0\" tengil-vm \"$1\" < \"$2\"",
                        folder.resolve("bin/ssh").toString(),
                        line,
                        file.toString()),
                null);
    }

    /** It as a host of tengil, over one connection that lasts; closing it is up to the test. */
    SshHost host() {
        return new SshHost(
                SshDestination.parse("tengil-vm").orThrow(),
                List.of("-F", folder.resolve("ssh_config").toString()));
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

    /** The program as it is shipped, apart from our process group, with what it says beside it. */
    Started started(Path folder, String... args) throws IOException {
        // Tests that were started in the background ignore SIGINT, and so would all that they start.
        List<String> words = new ArrayList<>(List.of(
                "setsid",
                "env",
                "--default-signal",
                Path.of("tg").toAbsolutePath().toString()));
        words.addAll(List.of("--host", "tengil-vm"));
        words.addAll(Arrays.asList(args));
        Path said = Files.createTempFile(folder, "said", ".txt");
        Process process = prepared(words, Path.of("/dev/null"), said)
                .directory(folder.toFile())
                .start();
        return new Started(process, said);
    }

    /** A line for bash on the machine that tg runs on; {@code tg} is the program as it is shipped. */
    Ran shell(Path folder, String line) throws IOException, InterruptedException {
        String tg = "tg() { '" + Path.of("tg").toAbsolutePath() + "' --host tengil-vm \"$@\"; }\nset -o pipefail\ncd '"
                + folder + "'\n";
        return run(List.of("bash", "-c", tg + line), null);
    }

    /** Until it lets us in again. */
    void awaitReachable() throws IOException, InterruptedException {
        while (sh("true").exit() != 0) {
            Thread.sleep(500);
        }
    }

    /** By its own init; until it lets us in again. */
    void reboot() throws IOException, InterruptedException {
        String before = sh(BOOT).succeeded();
        sh("systemctl reboot");
        String now = before;
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(PATIENCE_MINUTES);
        while (now.equals(before)) {
            assertThat(System.nanoTime()).as("it did not come back").isLessThan(end);
            Thread.sleep(POLL_MILLIS);
            // While it is down nobody answers, and a connection that was open before goes on waiting.
            Ran ran = run(List.of("timeout", "20", folder.resolve("bin/ssh").toString(), "tengil-vm", BOOT), null);
            now = ran.exit() == 0 ? ran.text() : before;
        }
    }

    /** From now on this program waits there before it begins, until {@link #release}; its caller looks for it here first. */
    void hold(String program) throws IOException, InterruptedException {
        sh("""
                cat > /usr/local/sbin/PROGRAM <<'END'
                #!/bin/sh
                touch /root/held
                while [ -e /root/hold ]; do sleep 0.2; done
                PATH=/usr/sbin:/usr/bin:/sbin:/bin exec PROGRAM "$@"
                END
                chmod 755 /usr/local/sbin/PROGRAM
                rm -f /root/held
                touch /root/hold
                """.replace("PROGRAM", program)).succeeded();
    }

    /** Until the program that is held has been called. */
    void awaitHeld() throws IOException, InterruptedException {
        sh("until [ -e /root/held ]; do sleep 0.2; done").succeeded();
    }

    void release() throws IOException, InterruptedException {
        sh("rm -f /root/hold").succeeded();
    }

    private ProcessBuilder prepared(List<String> words, Path in, Path out) {
        ProcessBuilder builder = new ProcessBuilder(words)
                .redirectInput(in.toFile())
                .redirectOutput(out.toFile())
                .redirectErrorStream(true);
        // tg calls ssh by its name: the one that knows the machine comes first.
        builder.environment().put("TENGIL_GUEST", folder.getFileName().toString());
        builder.environment().merge("PATH", folder.resolve("bin").toString(), (path, bin) -> bin + ":" + path);
        return builder;
    }

    private Ran run(List<String> words, @Nullable String stdin) throws IOException, InterruptedException {
        Path in = Files.createTempFile("tengil-vm", ".in");
        Path out = Files.createTempFile("tengil-vm", ".out");
        try {
            Files.writeString(in, stdin == null ? "" : stdin);
            Process process = prepared(words, in, out).start();
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
