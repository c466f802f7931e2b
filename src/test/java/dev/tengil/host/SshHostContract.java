package dev.tengil.host;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The contract through a real sshd; subclasses name the login shell. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SshHostContract extends HostContract {

    private final String shell;
    private LoopbackSshd sshd;
    private SshHost host;

    SshHostContract(String shell) {
        this.shell = shell;
    }

    @BeforeAll
    void connect(@TempDir Path keys) throws Exception {
        sshd = LoopbackSshd.start(keys, shell);
        host = sshd.host();
    }

    @AfterAll
    void disconnect() {
        if (host != null) {
            host.close();
            sshd.close();
        }
    }

    @Override
    Host host() {
        return host;
    }
}
