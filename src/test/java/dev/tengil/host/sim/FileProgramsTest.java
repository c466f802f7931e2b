package dev.tengil.host.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tengil.host.Command;
import dev.tengil.host.Result;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Gives the same command lines to this machine's GNU programs and to the simulated ones, and compares all that they answer. */
class FileProgramsTest {

    @TempDir
    Path folder;

    @BeforeEach
    void gnu() {
        assumeTrue(Files.exists(Path.of("/usr/share/doc/coreutils")), "these are Debian's GNU programs");
    }

    private Result real(List<String> argv) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(argv).directory(folder.toFile());
        builder.environment().clear();
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.environment().put("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
        Path err = folder.resolveSibling(folder.getFileName() + ".err");
        Process process = builder.redirectError(err.toFile())
                .redirectInput(Path.of("/dev/null").toFile())
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Result result = Result.of(process.waitFor(), out, Files.readString(err));
        Files.delete(err);
        return result;
    }

    /** Command lines; {@code @} stands for the folder. */
    private void same(String... lines) throws Exception {
        SimulatedHost host = SimulatedHost.inMemory("", Faults.none()).orThrow();
        host.run(Command.changes("mkdir", "-p", folder.toString()));
        List<String> different = new ArrayList<>();
        for (String line : lines) {
            List<String> argv = List.of(line.replace("@", folder.toString()).split(" "));
            Result real = real(argv);
            Result ours = host.run(Command.changes(argv));
            if (!shown(real).equals(shown(ours))) {
                different.add("$ " + line + "\nreal: " + shown(real) + "ours: " + shown(ours));
            }
        }
        assertThat(different)
                .withFailMessage(() -> String.join("\n", different))
                .isEmpty();
    }

    private static String shown(Result result) {
        return result.exit() + "\n" + result.out() + result.err();
    }

    @Test
    void directories_are_made_and_removed_as_the_real_ones_do() throws Exception {
        same(
                "mkdir -- @/a",
                "mkdir -- @/a",
                "mkdir @/x/y",
                "mkdir -p @/x/y",
                "mkdir -p @/x/y",
                "mkdir -m 2770 @/m",
                "stat -c %n|%F|%a -- @/a @/x/y @/m @/nowhere",
                "mkdir --frob @/z",
                "mkdir -Q @/z",
                "touch @/a/f",
                "mkdir @/a/f/g",
                "mkdir -p @/a/f",
                "mkdir -p @/a/f/g/h",
                "rmdir @/a",
                "rmdir @/a/f",
                "rmdir @/x/y",
                "rmdir @/nowhere",
                "rm @/x",
                "rm @/nowhere",
                "rm -f @/nowhere",
                "rm -rf @/a",
                "ls -A @",
                "ls -A @/nowhere",
                "ls -1 @/x");
    }

    @Test
    void modes_are_set_as_the_real_ones_do() throws Exception {
        same(
                "mkdir @/d",
                "touch @/f",
                "chmod 2775 -- @/d",
                "stat -c %a @/d",
                "chmod 0755 -- @/d",
                "stat -c %a @/d",
                "chmod 00755 -- @/d",
                "stat -c %a @/d",
                "chmod 4755 @/f",
                "chmod 644 @/f",
                "stat --printf=%F|%a|%n\\n -- @/f",
                "chmod 999 @/f",
                "chmod 644 @/nowhere",
                "chmod 644",
                "stat -c %s @/nowhere");
    }

    @Test
    void files_move_as_the_real_ones_do() throws Exception {
        same(
                "mkdir @/d",
                "touch @/f @/g",
                "mv @/f @/d",
                "ls -A @/d",
                "mv @/nowhere @/d",
                "mv @/g @/no/g",
                "mv -T @/g @/d",
                "mv -n @/g @/h",
                "ls -A @",
                "mv @/h",
                "mv",
                "cat @/nowhere",
                "cat @/d",
                "touch @/no/f",
                "readlink -f @/no/thing",
                "readlink -f @/d/../d/f",
                "readlink -e @/d/nothing",
                "readlink @/d",
                "test -e @/d",
                "test -d @/nowhere",
                "test ! -f @/d");
    }

    @Test
    void find_walks_as_the_real_one_does() throws Exception {
        same(
                "mkdir @/d",
                "touch @/d/b.txt",
                "find @",
                "find @ -type f",
                "find @ -mindepth 1 -maxdepth 1 -name d",
                "find @ -name b.*",
                "find @ ! -type d -printf %y|%m|%p\\n",
                "find @/nowhere",
                "find @ -maxdepth x",
                "find @ -frob",
                "find @ -name",
                "find @/d -mindepth 1 -print -quit");
    }
}
