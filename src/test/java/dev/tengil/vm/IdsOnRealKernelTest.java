package dev.tengil.vm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tengil.cli.Tg;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * What an id that a mount lists may do, and one that it does not list: on a bind as Proxmox makes it from our table, seen from a user
 * namespace with the map of an unprivileged container, and the same in a simulated container.
 */
@Tag("vm")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IdsOnRealKernelTest {

    private static final String FILE = """
            pools:
              tank:
                datasets:
                  photos:
                    owner: 1000:1000
                    mode: 2775
                    containers: [{name: app, template: debian-13-standard, mount: /photos}]
            """;

    /** Steps of the container's root, one after the other. Below /plain is the same dataset without a table. */
    private static final List<String> OF_ROOT = List.of(
            "touch /photos/made",
            "chown 1000:1000 /photos/made",
            "touch /photos/given",
            "chown 999:999 /photos/given",
            "rm /photos/by1001",
            "chown 1000 /photos/by999",
            "chmod 600 /photos/by999",
            "chmod 640 /photos/by1000",
            "mkdir /photos/folder",
            "rm /photos/by1000",
            "touch /plain/made",
            "rm /plain/by999",
            "touch /plain/by999");

    private static final String PREPARED = """
            zfs create -o acltype=posixacl -o xattr=sa tank/photos
            cd /tank/photos
            touch by1000 by1001 by999
            chown 1000:1000 . by1000
            chown 1001:1000 by1001
            chown 999:999 by999
            chmod 2775 .
            mkdir -p /ct/photos /ct/plain
            mount -o bind /tank/photos /ct/plain
            mount -o 'bind,X-mount.idmap=TABLE' /tank/photos /ct/photos
            setsid unshare --user sleep 3600 < /dev/null > /dev/null 2>&1 &
            sleep 2
            container=$(pgrep -x sleep)
            echo '0 100000 65536' > /proc/$container/uid_map
            echo '0 100000 65536' > /proc/$container/gid_map
            echo "$container" > /root/container
            """;

    /** inside UID COMMAND: its exit code. */
    private static final String INSIDE = """
            set +e
            container=$(cat /root/container)
            inside() {
                nsenter -t $container -U -S "$1" -G "$1" -- sh -c "cd /ct; umask 022; $2" > /root/said 2>&1
                echo "$1 $2: $?"
            }
            """;

    @TempDir
    static Path folder;

    private TestMachine machine;
    private Tg simulated;
    private String table;

    @BeforeAll
    void prepare() throws Exception {
        machine = TestMachine.fresh();
        simulated = new Tg(folder).file(FILE);
        Matcher idmap = Pattern.compile("mp=/photos,idmap=([ug:\\d;]+)")
                .matcher(simulated.say("plan --commands").out());
        assertThat(idmap.find()).isTrue();
        table = idmap.group(1);
        machine.sh(PREPARED.replace("TABLE", mountTable(table))).succeeded();
        assertThat(simulated.say("apply --yes").exit()).isZero();
        for (String line : List.of(
                "touch /tank/photos/by1000 /tank/photos/by1001 /tank/photos/by999",
                "chown 1000:1000 /tank/photos/by1000",
                "chown 1001:1000 /tank/photos/by1001",
                "chown 999:999 /tank/photos/by999",
                "pct set 100 --mp1 /tank/photos,mp=/plain")) {
            assertThat(simulated.onHost(line).exit()).as(line).isZero();
        }
    }

    @AfterAll
    void giveBack() throws Exception {
        if (machine != null) {
            machine.giveBack();
        }
    }

    /**
     * What mount(8) is told, pairs of an id on disk and the id that the kernel takes it for: a listed id is the container's, which is 100000
     * and that number; every other id of the container keeps its own on disk (pve-container LXC.pm, resolve_mountpoint_idmap).
     */
    private static String mountTable(String idmap) {
        List<String> pairs = new ArrayList<>();
        for (String type : List.of("u", "g")) {
            List<Integer> listed = new ArrayList<>();
            for (String range : idmap.split(";", -1)) {
                String[] parts = range.split(":", -1);
                if (parts[0].equals(type)) {
                    int inside = Integer.parseInt(parts[1]);
                    int count = Integer.parseInt(parts[3]);
                    pairs.add(String.format(Locale.ROOT, "%s:%s:%d:%d", type, parts[2], 100_000 + inside, count));
                    IntStream.range(inside, inside + count).forEach(listed::add);
                }
            }
            int from = 0;
            for (int id = 0; id <= 65_536; id++) {
                if (id == 65_536 || listed.contains(id)) {
                    if (id > from) {
                        pairs.add(String.format(
                                Locale.ROOT, "%s:%d:%d:%d", type, 100_000 + from, 100_000 + from, id - from));
                    }
                    from = id + 1;
                }
            }
        }
        return String.join(" ", pairs);
    }

    @Test
    void root_may_do_the_same_in_the_simulated_container_and_leaves_the_same_ids() throws Exception {
        assertThat(table).isEqualTo("u:1000:1000:1;g:1000:1000:1");
        StringBuilder script = new StringBuilder(INSIDE);
        StringBuilder ours = new StringBuilder();
        for (String step : OF_ROOT) {
            script.append("inside 0 '").append(step.replace(" /", " ./")).append("'\n");
            Tg.Ran ran = simulated.run("sim", "w", "--", "pct", "exec", "100", "--", "/bin/sh", "-c", step);
            ours.append("0 ").append(step).append(": ").append(ran.exit()).append('\n');
        }
        script.append("inside 0 'stat -c \"%u:%g %n\" ./photos/*'; cat /root/said\n");
        String real = machine.sh(script.toString()).succeeded().replace(" ./", " /");
        assertThat(real)
                .startsWith(ours.toString())
                .contains("0:1000 /photos/folder", "1000:1000 /photos/made", "999:999 /photos/given")
                .contains("65534:65534 /photos/by999", "65534:1000 /photos/by1001");
        String onDisk = machine.sh("cd /tank/photos; for name in *; do stat -c '%u:%g %n' \"$name\"; done")
                .succeeded();
        StringBuilder simulatedDisk = new StringBuilder();
        for (String name : simulated.onHost("ls /tank/photos").out().lines().toList()) {
            simulatedDisk
                    .append(simulated
                            .onHost("stat -c %u:%g /tank/photos/" + name)
                            .out()
                            .strip())
                    .append(' ')
                    .append(name)
                    .append('\n');
        }
        assertThat(onDisk).isEqualTo(simulatedDisk.toString()).contains("100999:100999 given", "1000:1000 made");
    }

    @Test
    void the_app_under_a_listed_id_writes_as_itself_and_one_under_another_id_cannot_write() throws Exception {
        String real = machine.sh(INSIDE + """
                inside 1000 'mkdir ./photos/album; touch ./photos/album/picture'
                inside 1000 'chmod 700 ./photos/album'
                inside 999 'touch ./photos/of-another'
                inside 999 'ls ./photos/album'
                inside 1000 'touch ./plain/without-a-table'
                inside 1000 'ls ./plain'
                stat -c '%u:%g %n' /tank/photos/album /tank/photos/album/picture
                rm -r /tank/photos/album
                """).succeeded();
        assertThat(real)
                .contains("1000 mkdir ./photos/album; touch ./photos/album/picture: 0\n")
                .contains("1000 chmod 700 ./photos/album: 0\n")
                .containsPattern("999 touch ./photos/of-another: [1-9]")
                .containsPattern("999 ls ./photos/album: [1-9]")
                .containsPattern("1000 touch ./plain/without-a-table: [1-9]")
                .contains("1000 ls ./plain: 0\n")
                .contains("1000:1000 /tank/photos/album\n1000:1000 /tank/photos/album/picture\n");
    }
}
