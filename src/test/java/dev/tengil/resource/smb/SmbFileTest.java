package dev.tengil.resource.smb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tengil.host.Result;
import dev.tengil.resource.facts.SmbBaseline;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Our part of smb.conf: how it reads, how it stands in the host's own file, and what the real testparm says of both. */
class SmbFileTest {

    private static final SmbFile FILE = new SmbFile("main");
    private static final String MINE = "# mine\n[global]\n  workgroup = HOME\n[Old]\n  path = /srv\n";

    @TempDir
    Path folder;

    private static SmbShare share(String name, String... parameters) {
        TreeMap<String, String> all = new TreeMap<>();
        for (int i = 0; i < parameters.length; i += 2) {
            all.put(parameters[i], parameters[i + 1]);
        }
        return new SmbShare(SmbShare.addressOf(name), all, null, Set.of(), null);
    }

    private static final List<SmbShare> SHARES = List.of(
            share(
                    "Media",
                    "path",
                    "/tank/media",
                    "guest ok",
                    "no",
                    "read only",
                    "no",
                    "valid users",
                    "@family anna",
                    "write list",
                    "",
                    "create mask",
                    "0664",
                    "directory mask",
                    "2775",
                    "force group",
                    "family",
                    "inherit acls",
                    "yes",
                    "browseable",
                    "yes"),
            share(
                    "Backup",
                    "path",
                    "/tank/backup",
                    "vfs objects",
                    "catia fruit streams_xattr",
                    "read only",
                    "no",
                    "fruit:time machine",
                    "yes",
                    "fruit:time machine max size",
                    "1T"));

    @Test
    void shares_are_written_by_name_with_what_a_person_reads_first_in_front() {
        assertThat(FILE.render(SHARES).lines().filter(line -> !line.startsWith("#")))
                .containsExactly(
                        "",
                        "[Backup]",
                        "\tpath = /tank/backup",
                        "\tread only = no",
                        "\tfruit:time machine = yes",
                        "\tfruit:time machine max size = 1T",
                        "\tvfs objects = catia fruit streams_xattr",
                        "",
                        "[Media]",
                        "\tpath = /tank/media",
                        "\tbrowseable = yes",
                        "\tguest ok = no",
                        "\tread only = no",
                        "\tvalid users = @family anna",
                        "\twrite list =",
                        "\tcreate mask = 0664",
                        "\tdirectory mask = 2775",
                        "\tforce group = family",
                        "\tinherit acls = yes");
    }

    @Test
    void the_line_of_ours_stands_once_and_last_and_every_other_byte_stays() {
        String odd = "\ufeff[global]\r\n\tname = caf\u00e9\n[x]";
        SmbConf with = new SmbConf(odd).with(FILE.path());
        assertThat(with.text()).isEqualTo(odd + "\ninclude = /etc/samba/tengil.conf\n");
        assertThat(with.with(FILE.path())).isEqualTo(with);
        assertThat(with.without(FILE.path()).text()).isEqualTo(odd + "\n");
        assertThat(new SmbConf("INCLUDE=/etc/samba/tengil.conf\n" + MINE)
                        .with(FILE.path())
                        .text())
                .isEqualTo(MINE + "include = /etc/samba/tengil.conf\n");
    }

    @Test
    void the_real_testparm_accepts_what_is_written_and_refuses_what_is_not_known_to_it() throws Exception {
        assumeTrue(
                Files.isExecutable(Path.of("/usr/bin/testparm")), "testparm of the package samba-common-bin is here");
        Result before = testparm(MINE);
        TestparmJudge judge = new TestparmJudge(
                new SmbBaseline(before.out(), before.err().lines().toList()),
                new TreeSet<>(),
                new TreeSet<>(Set.of("Media", "Backup")));
        String text = new SmbConf(MINE).inlined(FILE.path(), FILE.render(SHARES));
        assertThat(judge.problem(testparm(text))).isNull();
        assertThat(judge.problem(testparm(text + "\tblocking locks = no\n"))).isNull();
        assertThat(judge.problem(testparm(text + "\tbogus = 1\n")))
                .contains("Unknown parameter encountered: \"bogus\"");
        assertThat(judge.problem(testparm(text + "\tguest ok = perhaps\n"))).contains("value is not boolean!");
        assertThat(judge.problem(testparm(text.replace("/srv", "/mnt"))))
                .isEqualTo("the section [Old], which is not tengil's, would change");
        assertThat(judge.problem(testparm(MINE))).startsWith("testparm does not see the share");
    }

    private Result testparm(String text) throws Exception {
        Path file = Files.writeString(folder.resolve("smb.conf"), text);
        Path err = folder.resolve("err");
        ProcessBuilder builder = new ProcessBuilder("/usr/bin/testparm", "-s", file.toString());
        builder.environment().put("LC_ALL", "C.UTF-8");
        Process process = builder.redirectError(err.toFile())
                .redirectInput(Path.of("/dev/null").toFile())
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return Result.of(process.waitFor(), out, Files.readString(err).replaceAll("(?m)^rlimit_max: .*\n", ""));
    }
}
