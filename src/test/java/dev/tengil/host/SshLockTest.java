package dev.tengil.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SshLockTest extends LockContract {

    private LoopbackSshd sshd;
    private SshHost first;
    private SshHost second;

    @BeforeAll
    void connect(@TempDir Path keys) throws Exception {
        sshd = LoopbackSshd.start(keys, "/usr/bin/fish");
        first = sshd.host();
        second = sshd.alias();
    }

    @AfterAll
    void disconnect() {
        if (sshd != null) {
            first.close();
            second.close();
            sshd.close();
        }
    }

    @Override
    Host first() {
        return first;
    }

    @Override
    Host second() {
        return second;
    }

    @Test
    void a_cut_connection_frees_the_lock() throws Exception {
        Host.LockAttempt.Held held = take(first, Duration.ZERO);
        sshd.cut();
        take(second, LockHolder.SILENCE.plusSeconds(5)).close();
        assertThat(held.alive()).isFalse();
        held.close();
    }

    @Test
    void a_connection_that_falls_silent_costs_the_lock_before_the_host_gives_it_away() throws Exception {
        Host.LockAttempt.Held held = take(first, Duration.ZERO);
        sshd.freeze();
        LocalHost there = new LocalHost();
        boolean free = false;
        while (!free) {
            boolean believed = held.alive();
            free = there.run(Command.reads("flock", "--nonblock", state() + "/apply.lock", "true"))
                            .exit()
                    == 0;
            assertThat(free && believed).isFalse();
            Thread.sleep(200);
        }
        assertThat(held.alive()).isFalse();
        sshd.cut();
        held.close();
    }
}
