package dev.tengil.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tengil.model.Parsed;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SshDestinationTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ssh://root@pve",
                "ssh://root@pve:2222",
                "ssh://pve.lan",
                "ssh://root@192.168.1.2:22",
                "ssh://root@[fe80::1%eth0]:22",
                "ssh://[::1]",
                "pve",
                "root@pve",
                "my-alias_1"
            })
    void destinations_that_ssh_understands_pass(String text) {
        assertThat(SshDestination.parse(text)).isEqualTo(Parsed.ok(new SshDestination(text)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-oProxyCommand=touch x",
                "ssh://-oProxyCommand=x",
                "ssh://root@-x",
                "-l@x",
                "ssh://root@pve:0",
                "ssh://root@pve:65536",
                "ssh://root@pve:22x",
                "ssh://root@pve/",
                "ssh://root@pve/path",
                "root@pve;touch x",
                "a b",
                "pve\nx",
                "$(id)@pve",
                "ssh://",
                "pve:22"
            })
    void what_ssh_could_misunderstand_is_refused(String text) {
        assertThat(SshDestination.parse(text)).isInstanceOf(Parsed.Bad.class);
    }
}
