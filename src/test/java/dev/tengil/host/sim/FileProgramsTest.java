package dev.tengil.host.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tengil.host.Bytes;
import dev.tengil.host.Command;
import dev.tengil.host.Result;
import java.io.OutputStream;
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

    private Result real(List<String> argv, String stdin) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(argv).directory(folder.toFile());
        builder.environment().clear();
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.environment().put("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
        Path err = folder.resolveSibling(folder.getFileName() + ".err");
        Process process = builder.redirectError(err.toFile()).start();
        try (OutputStream given = process.getOutputStream()) {
            given.write(stdin.getBytes(StandardCharsets.UTF_8));
        }
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Result result = Result.of(process.waitFor(), out, Files.readString(err));
        Files.delete(err);
        return result;
    }

    /** Command lines; {@code @} stands for the folder, what stands behind {@code <} is given to standard input. */
    private void same(String... lines) throws Exception {
        SimulatedHost host = SimulatedHost.inMemory("", Faults.none()).orThrow();
        host.run(Command.changes("mkdir", "-p", folder.toString()));
        List<String> different = new ArrayList<>();
        for (String line : lines) {
            String[] halves = line.replace("@", folder.toString()).split(" < ", 2);
            List<String> argv = List.of(halves[0].split(" "));
            String stdin = halves.length < 2 ? "" : halves[1].replace("\\0", "\0");
            Result real = real(argv, stdin);
            Result ours = host.run(Command.changes(argv).withStdin(Bytes.utf8(stdin)));
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

    @Test
    void xargs_hands_names_to_a_program_as_the_real_one_does() throws Exception {
        same(
                "mkdir @/d @/e",
                "touch @/d/b",
                "xargs -0 -r stat --printf=%F|%a|%n\\n -- < @/d\0@/d/b\0",
                "xargs -0 -r stat --printf=%F|%a|%n\\n -- < @/d\0@/nowhere\0",
                "xargs -0 -r getfacl -n -p -s -- < @/d\0@/nowhere\0",
                "xargs -0 -r stat -c %n --",
                "xargs -0 -r frobnicate -- < @/d\0");
        Result found = SimulatedHost.inMemory("", Faults.none())
                .orThrow()
                .run(Command.reads("sh", "-c", "find \"$@\" -maxdepth 0 -print", "find", "/etc", "/root"));
        assertThat(found.out()).isEqualTo("/etc\n/root\n");
    }
}
