package dev.tengil.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LocalLockTest extends LockContract {

    private final LocalHost first = new LocalHost();
    private final LocalHost second = new LocalHost();

    @Override
    Host first() {
        return first;
    }

    @Override
    Host second() {
        return second;
    }

    /** A process of its own that takes the lock, starts a change, and can be killed as a user's tengil can. */
    public static final class Taker {
        private Taker() {}

        public static void main(String[] args) throws Exception {
            LocalHost host = new LocalHost();
            host.lock(dev.tengil.model.HostPath.of(args[0]), "taker", Duration.ZERO);
            System.out.println("held");
            host.run(Command.changes(
                            "sh", "-c", "touch \"$0.started\"; sleep 3; cat >/dev/null; touch \"$0.ended\"", args[1])
                    .withStdin(Bytes.utf8("x")));
            Thread.sleep(60_000);
        }
    }

    @Test
    void a_killed_process_frees_the_lock_and_its_running_command_ends_first() throws Exception {
        Path change = dir.resolve("change");
        Process taker = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Taker.class.getName(),
                        state().value(),
                        change.toString())
                .inheritIO()
                .start();
        for (int i = 0; i < 200 && !Files.exists(Path.of(change + ".started")); i++) {
            Thread.sleep(50);
        }
        assertThat(Path.of(change + ".started")).exists();
        taker.destroyForcibly().waitFor(5, TimeUnit.SECONDS);
        assertThat(Path.of(change + ".ended")).doesNotExist();
        take(second, Duration.ofSeconds(5)).close();
        assertThat(Path.of(change + ".ended")).exists();
    }

    @Test
    void a_stopped_process_loses_the_lock_after_a_while_of_silence() throws Exception {
        Process taker = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Taker.class.getName(),
                        state().value(),
                        dir.resolve("change").toString())
                .start();
        try {
            assertThat(taker.inputReader().readLine()).isEqualTo("held");
            new ProcessBuilder("kill", "-STOP", Long.toString(taker.pid()))
                    .start()
                    .waitFor();
            assertThat(second.lock(state(), "bob", Duration.ZERO)).isInstanceOf(Host.LockAttempt.Busy.class);
            take(second, LockHolder.SILENCE.plusSeconds(10)).close();
        } finally {
            taker.destroyForcibly();
        }
    }
}
