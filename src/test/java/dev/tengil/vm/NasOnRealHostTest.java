package dev.tengil.vm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The example of a NAS on real ZFS, Samba and NFS, used as its people would use it. */
@Tag("vm")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NasOnRealHostTest {

    private static final String FILE = "examples/nas/tengil.yml";

    /** smb NAME SHARE COMMANDS: as this person, with the password that was made on the host. */
    private static final String SMB = """
            smb() {
                password=$(sed "s/.*\\"$1\\":\\"\\([^\\"]*\\)\\".*/\\1/" /var/lib/tengil/main/secrets.json)
                printf 'username = %s\\npassword = %s\\n' "$1" "$password" > /root/smb.auth
                smbclient "//127.0.0.1/$2" -A /root/smb.auth -c "$3"
            }
            """;

    private TestMachine machine;

    @BeforeAll
    void the_example_is_applied_and_the_next_plan_is_empty() throws Exception {
        machine = TestMachine.fresh();
        machine.tg("apply", "--yes", "-c", FILE).succeeded();
        planIsEmpty();
    }

    private void planIsEmpty() throws Exception {
        assertThat(machine.tg("plan", "--detailed-exitcode", "-c", FILE).succeeded())
                .contains("No changes.");
    }

    @AfterAll
    void the_machine_is_put_back() throws Exception {
        if (machine != null) {
            machine.giveBack();
        }
    }

    @Test
    void what_anna_puts_into_a_share_is_read_through_nfs_as_hers() throws Exception {
        String seen = machine.sh(SMB + """
                echo 'a film' > /root/film
                smb anna Media 'put /root/film film.txt'
                # An address in the network that may mount it.
                ip address add 192.168.1.9/24 dev lo
                mount -t nfs -o vers=4.2 192.168.1.9:/tank/media /mnt
                cat /mnt/film.txt
                stat -c '%u:%g %A' /mnt/film.txt
                if touch /mnt/mine 2> /root/refused; then echo written; else cat /root/refused; fi
                umount /mnt
                """).succeeded();
        assertThat(seen).contains("a film\n", "Read-only file system").containsPattern("(?m)^2001:2000 -rw.rw.r-.$");
    }

    @Test
    void what_anna_puts_into_a_share_ben_can_change_and_remove() throws Exception {
        String seen = machine.sh(SMB + """
                echo 'of anna' > /root/letter
                smb anna Documents 'mkdir letters; put /root/letter letters/letter.txt'
                echo 'and of ben' > /root/letter
                smb ben Documents 'put /root/letter letters/letter.txt'
                cat /tank/documents/letters/letter.txt
                stat -c '%U:%G %a' /tank/documents/letters
                smb ben Documents 'rm letters/letter.txt; rmdir letters'
                ls -A /tank/documents | wc -l
                """).succeeded();
        assertThat(seen).contains("and of ben\n", "anna:family 2775\n").endsWith("\n0\n");
    }

    @Test
    void a_share_lets_in_nobody_but_its_people() throws Exception {
        assertThat(machine.sh(SMB + "smb ben TimeMachine ls"))
                .matches(ran -> ran.exit() != 0)
                .extracting(TestMachine.Ran::text)
                .asString()
                .contains("NT_STATUS_ACCESS_DENIED");
        assertThat(machine.sh("smbclient //127.0.0.1/Media -U anna%guessed -c ls")
                        .text())
                .contains("NT_STATUS_LOGON_FAILURE");
        assertThat(machine.sh("smbclient //127.0.0.1/Media -N -c ls").text()).contains("NT_STATUS_ACCESS_DENIED");
        assertThat(machine.sh(SMB + "smb anna TimeMachine ls").succeeded()).contains("blocks available");
    }

    @Test
    void what_somebody_changed_on_the_host_is_seen_and_put_back() throws Exception {
        machine.sh("""
                zfs set recordsize=16K tank/media
                sed -i 's/read only = no/read only = yes/' /etc/samba/tengil.conf
                """).succeeded();
        assertThat(machine.tg("plan", "--detailed-exitcode", "-c", FILE))
                .matches(ran -> ran.exit() == 2)
                .extracting(TestMachine.Ran::text)
                .asString()
                .contains("~ dataset:tank/media", "16K → 1M", "~ smb:Photos", "yes → no");
        machine.tg("apply", "--yes", "-c", FILE).succeeded();
        assertThat(machine.sh("zfs get -Hpo value recordsize tank/media").succeeded())
                .isEqualTo("1048576\n");
        planIsEmpty();
    }
}
