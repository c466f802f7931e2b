package dev.tengil.vm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A tg that runs, in a process group of its own, and what it has said so far. */
record Started(Process process, Path said) {

    private static final int PATIENCE_MINUTES = 30;

    /** What {@code -v} prints before an operation. */
    private static final Pattern OPERATION = Pattern.compile("(?m)^ {4}\\$ ");

    String text() throws IOException {
        return Files.readString(said);
    }

    /** Until it has said this, or has ended. */
    void await(String text) throws IOException, InterruptedException {
        while (process.isAlive() && !text().contains(text)) {
            Thread.sleep(50);
        }
        assertThat(text()).contains(text);
    }

    /** Until it begins its n-th operation, from 1. */
    void awaitOperation(int n) throws IOException, InterruptedException {
        while (process.isAlive() && operations() < n) {
            Thread.sleep(20);
        }
        assertThat(operations()).as(text()).isGreaterThanOrEqualTo(n);
    }

    private int operations() throws IOException {
        Matcher matcher = OPERATION.matcher(text());
        int found = 0;
        while (matcher.find()) {
            found++;
        }
        return found;
    }

    /** To all of its process group, as Ctrl-C is. */
    void signal(String name) throws IOException, InterruptedException {
        kill("-" + name, "-" + process.pid());
    }

    /** Only the program itself, which cannot do anything about it. */
    void kill9() throws IOException, InterruptedException {
        kill("-KILL", Long.toString(process.pid()));
        process.waitFor();
    }

    private static void kill(String signal, String whom) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", signal, "--", whom).start().waitFor())
                .isZero();
    }

    /** Waits for its end. */
    TestMachine.Ran end() throws IOException, InterruptedException {
        if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new AssertionError("still running\n" + text());
        }
        assertThat(text()).doesNotContain("tengil.defect").doesNotContain("\tat ");
        return new TestMachine.Ran(process.exitValue(), text());
    }
}
