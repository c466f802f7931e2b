package dev.tengil.host.sim.nas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tengil.host.Command;
import dev.tengil.host.Result;
import dev.tengil.host.sim.Faults;
import dev.tengil.host.sim.SimulatedHost;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Gives the same configuration to this machine's testparm and to the simulated one, and compares all that they answer. */
class TestparmTest {

    @TempDir
    Path folder;

    @BeforeEach
    void samba() {
        assumeTrue(
                Files.isExecutable(Path.of("/usr/bin/testparm")), "testparm of the package samba-common-bin is here");
    }

    private Result real(Path file) throws Exception {
        Path err = folder.resolve("err");
        ProcessBuilder builder = new ProcessBuilder("/usr/bin/testparm", "-s", file.toString());
        builder.environment().clear();
        builder.environment().put("LC_ALL", "C.UTF-8");
        Process process = builder.redirectError(err.toFile())
                .redirectInput(Path.of("/dev/null").toFile())
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return Result.of(process.waitFor(), out, Files.readString(err));
    }

    private static Result simulated(Path file, String text) {
        String world = "packages: {samba: '2:4.22.4+dfsg-1~deb13u1'}\nfiles:\n  " + file + ": |\n" + text.indent(4);
        return SimulatedHost.inMemory(world, Faults.none())
                .orThrow()
                .run(Command.changes("testparm", "-s", file.toString()));
    }

    private static String shown(Result result) {
        // The limit on open files is the shell's, not the configuration's.
        String err = result.err().replaceAll("(?m)^rlimit_max: .*\n", "");
        return "exit " + result.exit() + "\n" + result.out() + err;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[global]\n workgroup = HOME\n[m]\n path = /srv\n read only = no\n",
                "[m]\n path = /srv\n bogus = 1\n",
                "[m]\n path = /srv\n read only = maybe\n",
                "[m]\n path = /srv\n writeable = yes\n public = yes\n",
                "[m]\n path = /srv\n create mask = 9z\n",
                "[m]\n path = /srv\n workgroup = X\n",
                "[m]\n path = /srv\n[M]\n comment = y\n",
                "[m]\n comment = x\n",
                "[m]\n path = relative\n just words\n",
                "[m]\n path = /srv\n include = /nonexistent/none.conf\n",
                "[m\n path = x\n",
                "[]\n path = x\n",
                "[homes]\n comment = h\n[print$]\n comment = p\n",
                "[m]\n path = /srv\n vfs objects = catia fruit streams_xattr\n fruit:time machine = yes\n"
                        + " fruit:time machine max size = 1T\n valid users =\n write list = @a b\n",
                "[global]\n fruit:z = 1\n Zed:Foo = YES\n[m]\n path = /x\n fruit:b = 1\n fruit:a =\n fruit:b = 2\n",
            })
    void a_configuration_is_read_and_refused_in_the_words_of_the_real_one(String text) throws Exception {
        Path file = folder.resolve("smb.conf");
        Files.writeString(file, text);
        assertThat(shown(simulated(file, text))).isEqualTo(shown(real(file)));
    }
}
