package dev.tengil.vm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A state that is gone, spoiled, old or cannot be written, on a real host: nothing is done on top of it, and the marks mend it. */
@Tag("vm")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StateOnRealHostTest {

    private static final String FILE = "/var/lib/tengil/main/state.json";

    private static final String EMPTY = "No changes. The host matches tengil.yml.";

    private static final String FIRST = """
            pools: {tank: {datasets: {docs: {profile: documents, quota: 1G}}}}
            """;

    private static final String WHOLE = """
            secrets: {anna: {generate: 16}}
            users: {anna: {uid: 2001, smb_password: !secret anna}}
            pools:
              tank:
                datasets:
                  docs: {profile: documents, quota: 1G}
                  media:
                    profile: media
                    owner: "2001:2001"
                    shares:
                      smb: {name: Media, users: [anna]}
                      nfs: {clients: [{host: 192.168.1.0/24, access: ro}]}
            """;

    /** What carries our mark without being ours: inherited, received, or a copy. */
    private static final String FOREIGN = """
            zfs create tank/media/mine
            zfs snapshot -r tank/media@s
            zfs send -p tank/media@s | zfs receive -u tank/received
            zfs send -R tank/media@s | zfs receive -u tank/replicated
            zfs clone tank/media@s tank/cloned
            """;

    /** What chattr does, which is not there: FS_IOC_GETFLAGS, then FS_IOC_SETFLAGS with FS_IMMUTABLE_FL or without. */
    private static final String IMMUTABLE = """
            immutable() {
                perl -e 'open(F, "<", $ARGV[1]) or die; my $f = pack("L!", 0);
                    ioctl(F, 0x80086601, $f) or die; $f = unpack("L!", $f);
                    ioctl(F, 0x40086602, pack("L!", $ARGV[0] ? $f | 0x10 : $f & ~0x10)) or die' "$1" "$2"
            }
            """;

    @TempDir
    static Path folder;

    private TestMachine machine;

    @BeforeAll
    void two_applies_and_what_others_made_of_them() throws Exception {
        machine = TestMachine.fresh();
        file(FIRST);
        tg("tg apply --yes").succeeded();
        machine.sh("cp -p /var/lib/tengil/main/state.json /root/old.json").succeeded();
        file(WHOLE);
        tg("tg apply --yes").succeeded();
        machine.sh(FOREIGN + "cp -p /var/lib/tengil/main/state.json /root/good.json")
                .succeeded();
        assertThat(machine.sh("zfs get -H -r -t filesystem -o name,value,source tengil:owner tank")
                        .succeeded())
                .contains("tank/media\tmain\tlocal\n", "tank/media/mine\tmain\tinherited from tank/media\n")
                .contains("tank/received\tmain\treceived\n", "tank/replicated\tmain\treceived\n");
    }

    @AfterAll
    void giveBack() throws Exception {
        if (machine != null) {
            machine.giveBack();
        }
    }

    private static void file(String text) throws IOException {
        Files.writeString(folder.resolve("tengil.yml"), text);
    }

    private TestMachine.Ran tg(String line) throws Exception {
        return machine.shell(folder, line);
    }

    private void putBack() throws Exception {
        machine.sh("cp -p /root/good.json /var/lib/tengil/main/state.json").succeeded();
    }

    @Test
    void on_a_state_that_is_gone_or_spoiled_nothing_is_done_and_the_marks_make_it_anew() throws Exception {
        Map<String, String> damages = new LinkedHashMap<>();
        damages.put(": > " + FILE, "cannot be used: it is empty");
        damages.put("head -c 2000 /dev/urandom > " + FILE, "cannot be used: it is damaged");
        damages.put("rm " + FILE, "but no state");
        damages.put("cp /root/good.json " + FILE + "; truncate -s 300 " + FILE, "cannot be used: it is damaged");
        for (Map.Entry<String, String> damage : damages.entrySet()) {
            machine.sh(damage.getKey()).succeeded();
            assertThat(tg("tg apply --yes; [ $? = 6 ]").succeeded())
                    .as(damage.getKey())
                    .contains(damage.getValue(), "tg state rebuild");
        }
        assertThat(tg("tg state rebuild --yes && tg plan --detailed-exitcode && tg state show")
                        .succeeded())
                .contains("Found on the host by their marks: 5 resources.", EMPTY)
                .contains("dataset:tank/docs", "dataset:tank/media\n", "user:anna", "smb:Media", "nfs:/tank/media")
                .doesNotContain("mine", "received", "replicated", "cloned");
        putBack();
    }

    @Test
    void without_any_state_only_what_is_marked_as_ours_counts() throws Exception {
        machine.sh("rm " + FILE).succeeded();
        assertThat(tg("tg state rebuild --yes && tg plan --detailed-exitcode").succeeded())
                .contains("Found on the host by their marks: 5 resources.", EMPTY);
        putBack();
    }

    @Test
    void a_dataset_that_came_back_from_a_backup_is_taken_over_anew() throws Exception {
        machine.sh("""
                echo letter > /tank/docs/letter
                zfs snapshot tank/docs@backup
                zfs send -p tank/docs@backup | zfs receive -u tank/restored
                zfs destroy -r tank/docs
                zfs rename tank/restored tank/docs
                zfs mount tank/docs
                """).succeeded();
        assertThat(tg("tg plan && tg apply --yes && tg plan --detailed-exitcode")
                        .succeeded())
                .contains("→ dataset:tank/docs", EMPTY);
        assertThat(machine.sh("""
                cat /tank/docs/letter
                zfs get -H -o value,source tengil:owner tank/docs
                cp -p /var/lib/tengil/main/state.json /root/good.json
                """).succeeded()).isEqualTo("letter\nmain\tlocal\n");
    }

    @Test
    void an_older_state_learns_from_the_marks_what_was_made_since() throws Exception {
        machine.sh("cp -p /root/old.json /var/lib/tengil/main/state.json").succeeded();
        assertThat(tg("tg state rebuild --yes && tg plan --detailed-exitcode").succeeded())
                .contains("Found on the host by their marks: 4 resources.", EMPTY);
        putBack();
    }

    @Test
    void a_state_of_a_newer_tengil_is_left_as_it_is() throws Exception {
        machine.sh("sed -i 's/\"version\": 1/\"version\": 99/' /var/lib/tengil/main/state.json")
                .succeeded();
        assertThat(tg("tg apply --yes; [ $? = 6 ]").succeeded()).contains("it was written by a newer tengil");
        assertThat(machine.sh("""
                sed -i 's/"version": 99/"version": 1/' /var/lib/tengil/main/state.json
                cmp /root/good.json /var/lib/tengil/main/state.json && echo whole
                """).succeeded()).isEqualTo("whole\n");
    }

    @Test
    void a_state_that_cannot_be_written_costs_nothing_but_its_memory() throws Exception {
        machine.sh(IMMUTABLE + "immutable 1 /var/lib/tengil/main/state.json").succeeded();
        file(WHOLE.replace("quota: 1G", "quota: 2G"));
        TestMachine.Ran ran = tg("tg apply --yes; [ $? = 5 ]");
        Path rescued = folder.resolve("tengil-state-rescued.json");
        assertThat(ran.succeeded())
                .contains("error[state.not-saved]", "Operation not permitted")
                .contains("A copy is kept in " + rescued);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(rescued)))
                .isEqualTo("rw-------");
        assertThat(rescued).content().contains("2147483648");
        machine.sh(IMMUTABLE + "immutable 0 /var/lib/tengil/main/state.json").succeeded();
        assertThat(tg("tg plan --detailed-exitcode && tg apply --yes && tg state show")
                        .succeeded())
                .contains(EMPTY, "2147483648");
        file(WHOLE);
        tg("tg apply --yes").succeeded();
        machine.sh("cp -p /var/lib/tengil/main/state.json /root/good.json").succeeded();
    }

    @Test
    void where_nothing_can_be_written_nothing_is_begun() throws Exception {
        machine.sh(IMMUTABLE + "immutable 1 /var/lib/tengil/main").succeeded();
        file(WHOLE.replace("quota: 1G", "quota: 3G"));
        TestMachine.Ran ran = tg("tg apply --yes; [ $? = 1 ]");
        assertThat(ran.succeeded()).contains("error[host.file]", "help:");
        machine.sh(IMMUTABLE + "immutable 0 /var/lib/tengil/main").succeeded();
        file(WHOLE);
        assertThat(machine.sh("zfs get -Hpo value quota tank/docs").succeeded()).isEqualTo("1073741824\n");
        assertThat(tg("tg plan --detailed-exitcode").succeeded()).contains(EMPTY);
    }
}
