package dev.tengil.resource.nfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tengil.host.Result;
import dev.tengil.model.HostPath;
import dev.tengil.model.Parsed;
import dev.tengil.model.Span;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Our file of exports: how it reads, that it can be read back, and that the real exportfs puts in force what it says. */
class ExportsFileTest {

    private static final String SCRIPT = """
            mount --bind "$1/nfs" /var/lib/nfs && mount --bind "$1/exports" /etc/exports || exit 99
            exportfs -ra && exportfs -s
            """;
    private static final List<String> OPTIONS = List.of(
            "rw",
            "ro",
            "sync",
            "async",
            "wdelay",
            "no_wdelay",
            "nohide",
            "hide",
            "crossmnt",
            "subtree_check",
            "no_subtree_check",
            "secure",
            "insecure",
            "root_squash",
            "no_root_squash",
            "all_squash",
            "no_all_squash",
            "mountpoint",
            "anonuid=1000",
            "anongid=2000",
            "fsid=7",
            "sec=sys:krb5");

    @TempDir
    Path folder;

    private static NfsExport export(String path, String... clients) {
        TreeMap<String, String> options = new TreeMap<>();
        for (int i = 0; i < clients.length; i += 2) {
            options.put(clients[i], clients[i + 1]);
        }
        return new NfsExport(HostPath.of(path), options, null, Set.of(), Set.of(), new Span("tengil.yml", 1, 1, 0, 0));
    }

    @Test
    void an_export_is_a_line_with_its_clients_and_blanks_in_octal() {
        assertThat(ExportsFile.render(List.of(
                                export("/tank/a b#c", "10.0.0.0/8", "ro,sync", "nas.lan", "rw,sync"),
                                export("/tank/größe", "10.0.0.1", "ro,sync")))
                        .lines()
                        .skip(1))
                .containsExactly(
                        "/tank/a\\040b\\043c 10.0.0.0/8(ro,sync) nas.lan(rw,sync)",
                        "/tank/gr\\303\\266\\303\\237e 10.0.0.1(ro,sync)");
    }

    @Property(tries = 300)
    void what_is_written_is_read_back(
            @ForAll @StringLength(min = 1, max = 8) @CharRange(from = ' ', to = '~') @CharRange(from = 'à', to = 'ÿ')
                    String name) {
        Parsed<HostPath> path = HostPath.parse("/tank/" + name);
        if (path instanceof Parsed.Ok<HostPath>(HostPath parsed)) {
            NfsExport export = export(parsed.value(), "10.0.0.0/8", "ro,sync", "fd00::/8", "rw");
            String text = ExportsFile.render(List.of(export));
            assertThat(text.lines()).hasSize(2);
            assertThat(ExportsFile.parse(text)).containsOnlyKeys(parsed.value()).containsValue(export.clients());
        }
    }

    @Test
    void the_real_exportfs_puts_in_force_every_client_with_every_option() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/sbin/exportfs")), "exportfs of nfs-kernel-server is here");
        assumeTrue(
                new ProcessBuilder("unshare", "-m", "mount", "--bind", folder.toString(), "/var/lib/nfs")
                                .redirectErrorStream(true)
                                .start()
                                .waitFor()
                        == 0,
                "a mount namespace can be made here");
        List<NfsExport> exports = new ArrayList<>();
        for (String name : List.of("plain", "a b", "größe", "quote\"d", "par(en)s", "back\\slash", "hash#")) {
            Path directory = Files.createDirectory(folder.resolve(name));
            exports.add(export(
                    directory.toString(),
                    "10.0.0.0/8",
                    "ro,no_subtree_check",
                    "fd00::1",
                    "rw",
                    "localhost",
                    "rw,sync"));
        }
        List<String> clients = new ArrayList<>();
        for (int i = 0; i < OPTIONS.size(); i++) {
            assertThat(i < 2 || NfsClient.option(OPTIONS.get(i)) instanceof Parsed.Ok)
                    .isTrue();
            clients.addAll(List.of("10.1.0." + i, OPTIONS.get(i)));
        }
        Path all = Files.createDirectory(folder.resolve("all"));
        exports.add(export(all.toString(), clients.toArray(String[]::new)));
        Result result = exportfs(ExportsFile.render(exports));
        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(ExportedJudge.of(exports).problem(result)).isNull();
        assertThat(ExportedJudge.of(List.of(export(folder + "/plain", "10.9.9.9", "ro")))
                        .problem(result))
                .isEqualTo("the export " + folder + "/plain to 10.9.9.9 is not in force");
    }

    private Result exportfs(String text) throws Exception {
        Files.createDirectory(folder.resolve("nfs"));
        Files.writeString(folder.resolve("exports"), text);
        Path err = folder.resolve("err");
        ProcessBuilder builder = new ProcessBuilder("unshare", "-m", "sh", "-c", SCRIPT, "sh", folder.toString());
        builder.environment().put("LC_ALL", "C.UTF-8");
        Process process = builder.redirectError(err.toFile()).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return Result.of(process.waitFor(), out, Files.readString(err));
    }
}
