package dev.tengil.vm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What may be done in a share, and whose it then is on disk: through SMB, through NFS and by the app that the data is for. */
@Tag("vm")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SharesInUseOnRealHostTest {

    private static final String FILE = """
            groups: {family: {gid: 2000}}
            users:
              anna: {uid: 2001, groups: [family], smb_password: !secret pw}
              ben: {uid: 2002, groups: [family], smb_password: !secret pw}
            secrets: {pw: {generate: 16}}
            pools:
              tank:
                datasets:
                  common:
                    owner: 1000:family
                    shares:
                      smb: {name: Work, groups: [family]}
                      nfs: {clients: [{host: 192.168.1.0/24, access: rw}]}
                  films:
                    owner: 1000:family
                    shares: {smb: {name: Films, users: [anna, ben], readonly: true}}
                  open:
                    shares: {smb: {name: Open, guest_ok: true, readonly: true}}
                  both:
                    owner: 1000:family
                    consumers:
                      - {type: user, name: anna, access: write}
                      - {type: user, name: ben, access: read}
                    shares: {smb: {name: Both}}
            """;

    /** smb NAME SHARE COMMANDS; app COMMAND…, as the program that owns the data. Both say what was refused, and go on. */
    private static final String PEOPLE = """
            password=$(sed 's/.*"pw":"\\([^"]*\\)".*/\\1/' /var/lib/tengil/main/secrets.json)
            smb() {
                printf 'username = %s\\npassword = %s\\n' "$1" "$password" > /root/smb.auth
                smbclient "//127.0.0.1/$2" -A /root/smb.auth -c "$3" 2>&1 || true
            }
            app() { setpriv --reuid 1000 --regid 2000 --clear-groups -- "$@"; }
            echo "of $$" > /root/letter
            """;

    @TempDir
    static Path folder;

    private TestMachine machine;

    @BeforeAll
    void the_file_is_applied() throws Exception {
        machine = TestMachine.fresh();
        Path file = Files.writeString(folder.resolve("tengil.yml"), FILE);
        machine.tg("apply", "--yes", "-c", file.toString()).succeeded();
        assertThat(machine.tg("plan", "-c", file.toString()).succeeded()).contains("No changes.");
        machine.sh("ip address add 192.168.1.9/24 dev lo; touch /tank/films/film /tank/open/leaflet")
                .succeeded();
    }

    @AfterAll
    void the_machine_is_put_back() throws Exception {
        if (machine != null) {
            machine.giveBack();
        }
    }

    @Test
    void what_one_person_writes_the_app_changes_and_another_person_deletes() throws Exception {
        String seen = machine.sh(PEOPLE + """
                smb anna Work 'mkdir letters; put /root/letter letters/a.txt'
                stat -c 'hers %u:%g %a' /tank/common/letters /tank/common/letters/a.txt
                app sh -c 'echo changed by the app >> /tank/common/letters/a.txt; echo its own > /tank/common/letters/b.txt'
                tail -n 1 /tank/common/letters/a.txt
                stat -c 'the app %u:%g %a' /tank/common/letters/b.txt
                smb ben Work 'put /root/letter letters/b.txt'
                stat -c 'still the app %u:%g %s' /tank/common/letters/b.txt
                smb ben Work 'rm letters/a.txt; rm letters/b.txt; rmdir letters'
                echo "left: $(ls -A /tank/common)"
                """).succeeded();
        assertThat(seen)
                .contains("hers 2001:2000 2775\n", "changed by the app\n")
                // With "inherit acls" the default ACL decides, which knows no difference between files and directories.
                .contains("hers 2001:2000 775\n")
                .contains("the app 1000:2000 66", "still the app 1000:2000 ")
                .endsWith("left: \n");
    }

    @Test
    void whoever_writes_through_nfs_is_the_owner() throws Exception {
        String seen = machine.sh(PEOPLE + """
                mount -t nfs -o vers=4.2 192.168.1.9:/tank/common /mnt
                touch /mnt/by-root
                setpriv --reuid 4711 --regid 4711 --clear-groups -- touch /mnt/by-a-stranger
                mkdir /mnt/folder
                chown 0:0 /mnt/by-root 2> /dev/null || echo 'chown is refused'
                umount /mnt
                stat -c '%u:%g %n' /tank/common/by-root /tank/common/by-a-stranger /tank/common/folder
                smb anna Work 'rm by-root; rm by-a-stranger; rmdir folder'
                echo "left: $(ls -A /tank/common)"
                """).succeeded();
        assertThat(seen)
                .contains("chown is refused")
                .contains(
                        "1000:2000 /tank/common/by-root\n1000:2000 /tank/common/by-a-stranger\n1000:2000 /tank/common/folder\n")
                .endsWith("left: \n");
    }

    @Test
    void a_read_only_share_gives_and_takes_nothing() throws Exception {
        String seen = machine.sh(PEOPLE + """
                smb anna Films 'get film /root/copy'
                ls /root/copy
                smb anna Films 'put /root/letter letter'
                smb anna Films 'rm film'
                smb anna Films 'mkdir folder'
                ls -A /tank/films
                """).succeeded();
        assertThat(seen).contains("/root/copy\n").endsWith("\nfilm\n");
        assertThat(seen.lines()
                        .filter(line -> line.contains("NT_STATUS_ACCESS_DENIED")
                                || line.contains("NT_STATUS_MEDIA_WRITE_PROTECTED")))
                .hasSize(3);
    }

    @Test
    void of_two_people_only_the_one_who_may_write_can() throws Exception {
        String seen = machine.sh(PEOPLE + """
                smb anna Both 'put /root/letter letter'
                smb ben Both 'get letter /root/bens'
                ls /root/bens
                smb ben Both 'put /root/letter another'
                smb ben Both 'rm letter'
                ls -A /tank/both
                """).succeeded();
        assertThat(seen).contains("/root/bens\n", "NT_STATUS_ACCESS_DENIED").endsWith("\nletter\n");
    }

    @Test
    void a_guest_gets_into_what_is_open_and_nowhere_else() throws Exception {
        String seen = machine.sh(PEOPLE + """
                smbclient //127.0.0.1/Open -N -c ls 2>&1 || true
                smbclient //127.0.0.1/Open -N -c 'put /root/letter letter' 2>&1 || true
                for share in Work Films Both; do
                    smbclient "//127.0.0.1/$share" -N -c ls 2>&1 && echo "$share let a guest in"
                    smbclient "//127.0.0.1/$share" -U nobody%nothing -c ls 2>&1 && echo "$share let a stranger in"
                done
                ls -A /tank/open
                """).succeeded();
        assertThat(seen).contains("leaflet").doesNotContain("let a").endsWith("\nleaflet\n");
        assertThat(seen.lines()
                        .filter(line ->
                                line.matches(".*NT_STATUS_(ACCESS_DENIED|LOGON_FAILURE|MEDIA_WRITE_PROTECTED).*")))
                .hasSizeGreaterThanOrEqualTo(7);
    }
}
