package dev.tengil.host.sim.nas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tengil.host.Bytes;
import dev.tengil.host.Command;
import dev.tengil.host.Result;
import dev.tengil.host.sim.Faults;
import dev.tengil.host.sim.SimulatedHost;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sets and removes the same passwords with this machine's smbpasswd, in a folder of its own, and with the simulated one. */
class SmbpasswdTest {

    private static final String WORLD = """
            packages: {samba: '2:4.22.4+dfsg-1~deb13u1'}
            files:
              /etc/passwd: |
                root:x:0:0:root:/root:/bin/bash
                daemon:x:1:1:daemon:/usr/sbin:/usr/sbin/nologin
                bin:x:2:2:bin:/bin:/usr/sbin/nologin
            """;
    private static final List<String> FOLDERS =
            List.of("private dir", "state directory", "lock directory", "cache directory", "pid directory");

    /** Standard input, then the words behind the program's name. */
    private static final List<List<String>> CALLS = List.of(
            List.of("pw\npw\n", "-a", "-s", "daemon"),
            List.of("pw2\npw2\n", "-a", "-s", "daemon"),
            List.of("pw\npw", "-a", "-s", "daemon"),
            List.of("pw\npx\n", "-a", "-s", "daemon"),
            List.of("pw\n", "-a", "-s", "daemon"),
            List.of("", "-a", "-s", "daemon"),
            List.of("pw\npw\n", "-a", "-s", "nosuch"),
            List.of("pw\npx\n", "-a", "-s", "nosuch"),
            List.of("", "-a", "-s", "nosuch"),
            List.of("pw\npw\n", "-s", "daemon"),
            List.of("pw\npw\n", "-s", "bin"),
            List.of("", "-x", "daemon"),
            List.of("", "-x", "daemon"),
            List.of("", "-x", "nosuch"));

    @TempDir
    Path folder;

    @Test
    void passwords_are_set_refused_and_removed_in_the_words_of_the_real_one() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/smbpasswd")), "smbpasswd of samba-common-bin is here");
        assumeTrue("root".equals(System.getProperty("user.name")), "only root may set the passwords of others");
        StringBuilder conf = new StringBuilder("[global]\n");
        for (String name : FOLDERS) {
            Path own = Files.createDirectory(folder.resolve(name.replace(' ', '-')));
            conf.append(name).append(" = ").append(own).append('\n');
        }
        Files.writeString(folder.resolve("smb.conf"), conf);
        SimulatedHost host = SimulatedHost.inMemory(WORLD, Faults.none()).orThrow();
        List<String> real = new ArrayList<>();
        List<String> ours = new ArrayList<>();
        for (List<String> call : CALLS) {
            List<String> words = call.subList(1, call.size());
            List<String> argv = new ArrayList<>(words);
            argv.addFirst("smbpasswd");
            Result result = host.run(Command.changes(argv).withStdin(Bytes.utf8(call.getFirst())));
            ours.add(call + " exit " + result.exit() + "\n" + result.out() + result.err());
            real.add(call + " " + real(call.getFirst(), words));
        }
        assertThat(ours).isEqualTo(real);
    }

    private String real(String stdin, List<String> words) throws Exception {
        List<String> argv = new ArrayList<>(
                List.of("/usr/bin/smbpasswd", "-c", folder.resolve("smb.conf").toString()));
        argv.addAll(words);
        Path input = Files.writeString(folder.resolve("input"), stdin);
        Path err = folder.resolve("err");
        Process process = new ProcessBuilder(argv)
                .redirectInput(input.toFile())
                .redirectError(err.toFile())
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return "exit " + process.waitFor() + "\n" + out + Files.readString(err);
    }
}
