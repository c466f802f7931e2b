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
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Gives the same exports to this machine's exportfs and to the simulated one, and compares all that they answer. The real one works in
 * a mount namespace of its own, in which a file and a folder of the test stand in for /etc/exports and /var/lib/nfs.
 */
class ExportfsTest {

    private static final String SCRIPT = """
            mount --bind "$1/nfs" /var/lib/nfs && mount --bind "$1/exports" /etc/exports || exit 99
            exportfs -ra; echo "exit $?"; exportfs -s; exportfs -v
            exportfs -u 10.0.0.2:"$1/a"; echo "exit $?"; exportfs -s | LC_ALL=C sort
            exportfs -o rw,no_subtree_check 10.0.0.7:"$1/b"; echo "exit $?"; exportfs -s | LC_ALL=C sort
            exportfs -ua; echo "exit $?"; exportfs -s
            """;
    private static final List<String> DIRECTORIES = List.of("a", "b", "c", "sp ace", "größe", "quite-a-long-name");
    private static final List<String> OF_EVERY_HOST = List.of("/etc", "/usr/local/bin", "/usr/share/doc");

    @TempDir
    Path folder;

    @BeforeEach
    void nfs() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/sbin/exportfs")), "exportfs of nfs-kernel-server is here");
        assumeTrue(
                new ProcessBuilder("unshare", "-m", "mount", "--bind", folder.toString(), "/var/lib/nfs")
                                .redirectErrorStream(true)
                                .start()
                                .waitFor()
                        == 0,
                "a mount namespace can be made here");
        Files.createDirectory(folder.resolve("nfs"));
        for (String name : DIRECTORIES) {
            Files.createDirectory(folder.resolve(name));
        }
    }

    private String real(String text) throws Exception {
        Files.writeString(folder.resolve("exports"), text);
        ProcessBuilder builder =
                new ProcessBuilder("unshare", "-m", "sh", "-c", "exec 2>&1\n" + SCRIPT, "sh", folder.toString());
        builder.environment().put("LC_ALL", "C.UTF-8");
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(out).isZero();
        return out;
    }

    private String simulated(String text) {
        StringBuilder world = new StringBuilder("packages: {nfs-kernel-server: '1:2.8.3-1'}\nfiles:\n");
        DIRECTORIES.forEach(
                name -> world.append("  ").append(folder.resolve(name)).append(": {directory: true}\n"));
        OF_EVERY_HOST.forEach(path -> world.append("  ").append(path).append(": {directory: true}\n"));
        world.append("  ").append(folder.resolve("exports")).append(": a file\n");
        world.append("  /etc/exports: |\n").append(text.indent(4));
        SimulatedHost host =
                SimulatedHost.inMemory(world.toString(), Faults.none()).orThrow();
        return done(host, "-ra")
                + said(host, "-s")
                + said(host, "-v")
                + done(host, "-u", "10.0.0.2:" + folder.resolve("a"))
                + sorted(said(host, "-s"))
                + done(host, "-o", "rw,no_subtree_check", "10.0.0.7:" + folder.resolve("b"))
                + sorted(said(host, "-s"))
                + done(host, "-ua")
                + said(host, "-s");
    }

    private static String done(SimulatedHost host, String... words) {
        Result result = exportfs(host, words);
        return result.err() + result.out() + "exit " + result.exit() + "\n";
    }

    private static String said(SimulatedHost host, String word) {
        Result result = exportfs(host, word);
        return result.err() + result.out();
    }

    private static Result exportfs(SimulatedHost host, String... words) {
        List<String> argv = new ArrayList<>(List.of(words));
        argv.addFirst("exportfs");
        return host.run(Command.changes(argv));
    }

    /** In which order a table is written again that was changed by hand is the real one's secret. */
    private static String sorted(String text) {
        return text.lines().sorted().map(line -> line + "\n").collect(Collectors.joining());
    }

    /** Whether ports below 1024 are asked for is printed since nfs-utils 2.7 only. */
    private static String comparable(String text) {
        return text.replaceAll(",(in)?secure(?=,)", "");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "D/a 10.0.0.0/24(rw,sync,no_subtree_check,no_root_squash) 10.0.0.2(ro,sync,no_subtree_check)\n",
                "D/b 10.0.0.0/8(ro,no_subtree_check)\nD/a 10.0.0.0/8(ro,no_subtree_check)\n"
                        + "D/b 10.1.0.0/16(no_subtree_check)\nD/b 10.0.0.3(no_subtree_check)\nD/a 10.0.0.2(no_subtree_check)\n",
                "D/a *(ro,no_subtree_check) @net(ro,no_subtree_check) *.example(rw,no_subtree_check)"
                        + " fd00::/8(rw,no_subtree_check) fe80::1(rw,no_subtree_check)\n",
                "D/a 10.0.0.2(no_subtree_check,anongid=3,anonuid=2,fsid=9,mp,crossmnt,insecure,async,nohide,no_wdelay,no_acl,sec=krb5:sys)\n",
                "D/a 10.0.0.2(ro,anonuid=65534,fsid=root,mountpoint=/x,rw,sync,subtree_check,all_squash,insecure_locks)\n",
                "D/a -ro,async,no_subtree_check 10.0.0.2 10.0.0.3(rw) # and no more\n\n# nothing\n",
                "D/sp\\040ace 10.0.0.2(ro,no_subtree_check)\n\"D/sp ace\" 10.0.0.3(ro,no_subtree_check)\n",
                "D/gr\\303\\266\\303\\237e 10.0.0.2(ro,no_subtree_check)\nD/quite-a-long-name 10.0.0.3(ro,no_subtree_check)\n",
                "D/a 10.0.0.2(ro,no_subtree_check) \\\n 10.0.0.3(rw,no_subtree_check)\nD/b 10.0.0.3(ro,no_subtree_check)\n",
                "D/a 10.0.0.2(no_subtree_check) 10.0.0.3(bogus)\nD/b 10.0.0.2(no_subtree_check)\n",
                "D/a 10.0.0.2(no_subtree_check)\nD/c 10.0.0.2(rw\nD/b 10.0.0.2(no_subtree_check)\n",
                "D/a 10.0.0.2(no_subtree_check)x\n",
                "D/a 10.0.0.2(no_subtree_check,sec=bogus)\n",
                "D/a 10.0.0.2(no_subtree_check,anonuid=x)\n",
                "D/a 10.0.0.2(no_subtree_check,fsid=zz)\n",
                "D/a 10.0.0.2(no_subtree_check) 10.0.0.2(no_subtree_check)\n",
                "D/none 10.0.0.2(no_subtree_check)\nD/a 10.0.0.2(no_subtree_check)\n",
                "D/exports 10.0.0.2(no_subtree_check)\n",
                "D/a nosuchhost.invalid(rw,no_subtree_check) 10.0.0.999(no_subtree_check) localhost(no_subtree_check)\n",
                "D/a 10.0.0.0/99(rw,no_subtree_check) 10.0.0.2(no_subtree_check)\n",
                "/etc 10.0.0.2(no_subtree_check)\n/usr/local/bin 10.0.0.2(no_subtree_check)\n/usr/share/doc 10.0.0.2(no_subtree_check)\n",
            })
    void exports_are_read_ordered_and_refused_as_by_the_real_one(String text) throws Exception {
        String exports = text.replace("D/", folder + "/");
        assertThat(comparable(simulated(exports))).isEqualTo(comparable(real(exports)));
    }
}
