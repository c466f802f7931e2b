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

    /** Every parameter that tengil.yml may hand through. */
    private static final String OPTIONS = """
            [m]
             path = /x
             access based share enum = yes
             allocation roundup size = 17
             block size = 17
             blocking locks = yes
             case sensitive = False
             create mask = 0611
             csc policy = documents
             default case = upper
             delete readonly = yes
             delete veto files = yes
             directory mask = 0611
             dos filemode = yes
             dos filetime resolution = yes
             dos filetimes = yes
             durable handles = yes
             ea support = yes
             fake directory create times = yes
             follow symlinks = yes
             force create mode = 0611
             force directory mode = 0611
             force group = foo
             force unknown acl user = yes
             force user = foo
             hide dot files = yes
             hide files = foo
             hide special files = yes
             hide unreadable = yes
             hide unwriteable files = yes
             hosts allow = foo
             hosts deny = foo
             inherit acls = yes
             inherit owner = windows and unix
             inherit permissions = yes
             kernel oplocks = yes
             kernel share modes = yes
             level2 oplocks = yes
             locking = yes
             map acl inherit = yes
             map archive = yes
             map hidden = yes
             map readonly = false
             map system = yes
             mangled names = false
             max connections = 17
             nt acl support = yes
             oplocks = yes
             posix locking = yes
             preserve case = yes
             server smb encrypt = No
             short preserve case = yes
             smb encrypt = No
             store dos attributes = yes
             strict allocate = yes
             strict locking = False
             strict sync = yes
             sync always = yes
             use sendfile = yes
             veto files = foo
             veto oplock files = foo
             vfs objects = foo
             volume = foo
            """;

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
                "[m]\n path = /x\n map readonly = zzz\n",
                "[m]\n path = /x\n block size = x\n",
                "[m]\n path = /x\n hide dot files = off\n strict locking = false\n smb encrypt = required\n",
                OPTIONS,
            })
    void a_configuration_is_read_and_refused_in_the_words_of_the_real_one(String text) throws Exception {
        Path file = folder.resolve("smb.conf");
        Files.writeString(file, text);
        assertThat(shown(simulated(file, text))).isEqualTo(shown(real(file)));
    }
}
