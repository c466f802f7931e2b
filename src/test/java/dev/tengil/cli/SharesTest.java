package dev.tengil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is shared already stays shared when a change of it is refused, and other people's lines stay as they are. */
class SharesTest {

    private static final String EXPORTS = "/etc/exports.d/tengil.exports";
    private static final String SHARES = "/etc/samba/tengil.conf";
    private static final String MINE = "# mine  \n[global]\n\tworkgroup=HOME\n\n[Old]\n   path = /srv\n ; end";

    @TempDir
    Path folder;

    private Tg tg;

    @BeforeEach
    void host() throws IOException {
        tg = new Tg(folder);
        Files.writeString(tg.path("world.yml"), """
                packages: {samba: "2:4.22.4+dfsg-1~deb13u1", nfs-kernel-server: "1:2.8.3-1"}
                hosts: {nas.lan: 192.168.1.9}
                files:
                  /srv: {directory: true}
                  /etc/exports: "/srv\\t192.168.1.9(ro,no_subtree_check)  # mine\\n"
                  /etc/samba/smb.conf: "# mine  \\n[global]\\n\\tworkgroup=HOME\\n\\n[Old]\\n   path = /srv\\n ; end"
                """);
        assertThat(tg.say("sim new w --world " + tg.path("world.yml")).exit()).isZero();
    }

    private static String file(String options, String client) {
        return """
                pools:
                  tank:
                    datasets:
                      media:
                        shares:
                          smb: {name: Media, options: {OPTIONS}}
                          nfs: {clients: [{host: CLIENT, options: [all_squash, anonuid=1000]}]}
                """.replace("OPTIONS", options).replace("CLIENT", client);
    }

    private Tg.Ran applied(String options, String client) throws IOException {
        return tg.file(file(options, client)).say("apply --yes");
    }

    private static void ok(Tg.Ran ran) {
        assertThat(ran.exit()).as(ran.out() + ran.err()).isZero();
    }

    private String text(String path) {
        Tg.Ran ran = tg.onHost("cat " + path);
        ok(ran);
        return ran.out();
    }

    private void converges() {
        ok(tg.say("apply --yes"));
        assertThat(tg.say("plan").out()).startsWith("No changes.");
    }

    @Test
    void what_others_wrote_survives_to_the_byte_when_shares_come_change_and_go() throws IOException {
        String exports = text("/etc/exports");
        ok(applied("", "192.168.1.0/24"));
        assertThat(text("/etc/samba/smb.conf")).isEqualTo(MINE + "\ninclude = " + SHARES + "\n");
        ok(applied("hide dot files: no", "192.168.2.0/24"));
        assertThat(text("/etc/samba/smb.conf")).isEqualTo(MINE + "\ninclude = " + SHARES + "\n");
        assertThat(tg.onHost("exportfs -s").out())
                .startsWith("/srv  192.168.1.9(sync,wdelay,hide,no_subtree_check,sec=sys,ro,")
                .contains("/tank/media  192.168.2.0/24(");
        ok(tg.file("pools: {tank: {datasets: {media: {}}}}\n").say("apply --yes"));
        assertThat(text("/etc/samba/smb.conf")).isEqualTo(MINE + "\n");
        assertThat(text("/etc/exports")).isEqualTo(exports);
        assertThat(tg.onHost("exportfs -s").out()).startsWith("/srv ").hasLineCount(1);
        assertThat(tg.onHost("ls /etc/samba").out()).isEqualTo("smb.conf\n");
        assertThat(tg.onHost("ls /etc/exports.d").out()).isEmpty();
    }

    @Test
    void a_refusal_by_testparm_leaves_the_shares_in_force_and_says_why() throws IOException {
        ok(applied("", "192.168.1.0/24"));
        String before = text(SHARES);
        Tg.Ran ran = applied("'force create mode': rw", "192.168.1.0/24");
        assertThat(ran.out() + ran.err())
                .contains("testparm does not accept the new configuration: Invalid octal number force create mode");
        assertThat(ran.exit()).isEqualTo(5);
        assertThat(text(SHARES)).isEqualTo(before);
        assertThat(tg.onHost("ls /etc/samba").out()).isEqualTo("smb.conf\ntengil.conf\n");
        tg.file(file("'force create mode': 0664", "192.168.1.0/24"));
        converges();
    }

    @Test
    void a_first_share_that_is_refused_leaves_no_line_behind() throws IOException {
        Tg.Ran ran = applied("'force create mode': rw", "192.168.1.0/24");
        assertThat(ran.exit()).isEqualTo(5);
        assertThat(text("/etc/samba/smb.conf")).isEqualTo(MINE);
        assertThat(tg.onHost("ls /etc/samba").out()).isEqualTo("smb.conf\n");
    }

    @Test
    void a_server_that_does_not_reload_gets_its_former_shares_back() throws IOException {
        ok(applied("", "192.168.1.0/24"));
        String before = text(SHARES);
        tg.faults("- {match: smbcontrol, do: fail, exit: 1, stderr: \"Can't find pid for destination\"}\n");
        Tg.Ran ran = applied("hide dot files: no", "192.168.1.0/24");
        assertThat(ran.exit()).isEqualTo(5);
        assertThat(ran.out() + ran.err()).contains("Can't find pid for destination");
        assertThat(text(SHARES)).isEqualTo(before);
        tg.faults("[]\n");
        converges();
        assertThat(text(SHARES)).contains("hide dot files = no");
    }

    @Test
    void an_export_that_exportfs_refuses_is_taken_back() throws IOException {
        ok(applied("", "192.168.1.0/24"));
        String before = text(EXPORTS);
        tg.faults("- {match: exportfs -ra, nth: 1, do: fail, exit: 1, stderr: 'exportfs: Cannot register'}\n");
        Tg.Ran ran = applied("", "192.168.2.0/24");
        assertThat(ran.exit()).isEqualTo(5);
        assertThat(ran.out() + ran.err()).contains("exportfs: Cannot register");
        assertThat(text(EXPORTS)).isEqualTo(before);
        assertThat(tg.onHost("exportfs -s").out()).contains("/tank/media  192.168.1.0/24(");
        tg.faults("[]\n");
        converges();
        assertThat(text(EXPORTS)).contains("192.168.2.0/24").doesNotContain("192.168.1.0/24");
    }

    @Test
    void a_first_export_that_is_refused_leaves_no_file_behind() throws IOException {
        tg.faults("- {match: exportfs -ra, nth: 1, do: fail, exit: 1}\n");
        assertThat(applied("", "192.168.1.0/24").exit()).isEqualTo(5);
        assertThat(tg.onHost("ls /etc/exports.d").out()).isEmpty();
        tg.faults("[]\n");
        converges();
    }

    @Test
    void a_line_of_somebody_else_that_cannot_be_read_is_named_and_ours_is_taken_back() throws IOException {
        Tg other = new Tg(Files.createDirectories(folder.resolve("other")));
        Files.writeString(
                other.path("world.yml"),
                Files.readString(tg.path("world.yml"))
                        + "  /etc/exports.d/nas.exports: \"/srv 192.168.1.9(bogus)\\n\"\n");
        ok(other.say("sim new w --world " + other.path("world.yml")));
        Tg.Ran ran = other.file(file("", "192.168.1.0/24")).say("apply --yes");
        assertThat(ran.exit()).isEqualTo(5);
        assertThat(ran.out() + ran.err()).contains("exportfs: /etc/exports.d/nas.exports:1: unknown keyword \"bogus\"");
        assertThat(other.onHost("ls /etc/exports.d").out()).isEqualTo("nas.exports\n");
        ok(other.onHost("rm -- /etc/exports.d/nas.exports"));
        ok(other.say("apply --yes"));
        assertThat(other.onHost("exportfs -s").out()).contains("/tank/media  192.168.1.0/24(");
    }

    @Test
    void a_client_that_nobody_can_resolve_is_refused_before_anything_is_written() throws IOException {
        Tg.Ran ran = applied("", "laptop.lan");
        assertThat(ran.exit()).isEqualTo(5);
        assertThat(ran.out() + ran.err()).contains("resolve laptop.lan");
        assertThat(tg.onHost("ls /etc/exports.d").exit()).isNotZero();
        tg.file(file("", "nas.lan"));
        converges();
        assertThat(tg.onHost("exportfs -s").out()).contains("/tank/media  nas.lan(");
    }

    @Test
    void an_export_of_somebody_else_for_the_same_directory_is_left_to_them() throws IOException {
        ok(tg.file("pools: {tank: {datasets: {media: {}}}}\n").say("apply --yes"));
        ok(tg.onHost("exportfs -o ro 192.168.1.9:/tank/media"));
        Tg.Ran ran = tg.file(file("", "192.168.1.0/24")).say("plan");
        assertThat(ran.err()).contains("error[nfs.foreign-export]: /tank/media is exported already, and not by tengil");
        assertThat(ran.exit()).isEqualTo(6);
    }

    @Test
    void a_directory_with_blanks_and_umlauts_is_exported_and_known_again() throws IOException {
        Tg.Ran ran = tg.file("""
                pools:
                  tank:
                    datasets:
                      media:
                        mountpoint: "/tank/große töne"
                        shares:
                          nfs: {clients: [{host: 192.168.1.0/24, options: [all_squash, anonuid=1000]}]}
                """).say("apply --yes");
        ok(ran);
        assertThat(tg.say("plan").out()).startsWith("No changes.");
        assertThat(tg.onHost("exportfs -s").out()).contains("/tank/große\\040töne  192.168.1.0/24(");
    }

    @Test
    void a_parameter_behind_the_include_is_asked_to_be_moved() throws IOException {
        ok(applied("", "192.168.1.0/24"));
        ok(tg.run("sim", "w", "--", "sed", "-i", "$a guest ok = yes", "/etc/samba/smb.conf"));
        Tg.Ran ran = tg.say("plan");
        assertThat(ran.err()).contains("error[smb.include-followed]").contains("guest ok = yes");
        assertThat(ran.exit()).isEqualTo(6);
    }

    @Test
    void a_configuration_that_samba_cannot_load_is_said_in_its_words() throws IOException {
        ok(tg.run("sim", "w", "--", "sed", "-i", "$a create mask = rwx", "/etc/samba/smb.conf"));
        Tg.Ran ran = tg.file(file("", "192.168.1.0/24")).say("plan");
        assertThat(ran.err()).contains("Invalid octal number create mask / Error loading services.");
        assertThat(ran.exit()).isEqualTo(1);
    }

    /** The older {@code allowed} beside {@code clients} is one more client, not the only one. */
    @Test
    void clients_in_both_spellings_may_mount_it() throws IOException {
        ok(tg.file("""
                pools:
                  tank:
                    datasets:
                      media:
                        nfs: {clients: [{host: 192.168.1.7, access: rw}], allowed: 10.0.0.0/24, options: "ro,insecure"}
                """).say("apply --yes"));
        assertThat(tg.onHost("exportfs -s").out()).contains("/tank/media  192.168.1.7(", "/tank/media  10.0.0.0/24(");
        assertThat(text(EXPORTS)).contains("10.0.0.0/24(ro,").contains("insecure");
        converges();
    }
}
