package dev.tengil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Accounts that were there before tengil, that go away under it, and whose numbers are somebody else's. */
class AccountsTest {

    private static final String ANNA = "users: {anna: {uid: 1001}}\n";
    private static final String PASSWORD =
            "users: {anna: {uid: 1001, smb_password: {secret: a}}}\n" + "secrets: {a: {generate: 24}}\n";

    @TempDir
    Path folder;

    private Tg tg;

    @BeforeEach
    void host() throws IOException {
        tg = new Tg(folder);
        Files.writeString(tg.path("world.yml"), """
                packages: {samba: "2:4.22.4+dfsg-1~deb13u1"}
                files:
                  /etc/samba/smb.conf: "[global]\\n"
                  /root/passwd: "root:x:0:0:root:/root:/bin/bash\\n"
                  /root/group: "root:x:0:\\n"
                """);
        assertThat(tg.say("sim new w --world " + tg.path("world.yml")).exit()).isZero();
    }

    private void typed(String... words) {
        String[] all = new String[words.length + 3];
        System.arraycopy(new String[] {"sim", "w", "--"}, 0, all, 0, 3);
        System.arraycopy(words, 0, all, 3, words.length);
        Tg.Ran ran = tg.run(all);
        assertThat(ran.exit()).as(ran.err()).isZero();
    }

    private void person(String name, String id, String comment) {
        typed("groupadd", "--gid", id, "--", name);
        typed("useradd", "--uid", id, "--gid", id, "--home-dir", "/home/" + name, "--comment", comment, "--", name);
    }

    private Tg.Ran applied(String file) throws IOException {
        Tg.Ran ran = tg.file(file).say("apply --yes");
        assertThat(ran.exit()).as(ran.out() + ran.err()).isZero();
        assertThat(tg.say("plan").out()).startsWith("No changes.");
        return ran;
    }

    private void assertRefused(String file, String problem) throws IOException {
        Tg.Ran ran = tg.file(file).say("plan");
        assertThat(ran.err()).contains("error[" + problem);
        assertThat(ran.exit()).isEqualTo(6);
    }

    private String line(String database, String name) {
        return tg.onHost("getent " + database + " " + name).out();
    }

    @Test
    void an_account_with_these_ids_is_taken_as_it_is_and_left_as_it_was() throws IOException {
        person("anna", "1001", "Anna A.");
        String before = line("passwd", "anna");
        assertThat(applied(ANNA).out()).contains("exists with these ids (1001:1001)");
        assertThat(line("passwd", "anna")).isEqualTo(before).contains(":Anna A.:/home/anna:");
        applied("{}\n");
        assertThat(line("passwd", "anna")).isEqualTo(before);
    }

    @Test
    void a_password_that_was_there_is_replaced_where_the_file_asks_and_never_taken_away() throws IOException {
        person("anna", "1001", "");
        assertThat(tg.answering("old\nold\n", "sim", "w", "--", "smbpasswd", "-a", "-s", "anna")
                        .exit())
                .isZero();
        applied(PASSWORD);
        assertThat(applied(ANNA).out()).contains("the Samba password was there before tengil and stays");
        applied("{}\n");
        assertThat(tg.onHost("pdbedit -L").out()).isEqualTo("anna:1001:\n");
    }

    @Test
    void a_password_of_ours_goes_with_the_user_from_the_file_and_the_account_stays() throws IOException {
        applied(PASSWORD);
        assertThat(tg.onHost("pdbedit -L").out()).startsWith("anna:1001:");
        applied("{}\n");
        assertThat(tg.onHost("pdbedit -L").out()).isEmpty();
        assertThat(line("passwd", "anna")).startsWith("anna:x:1001:1001::/nonexistent:");
    }

    @Test
    void a_password_that_smbpasswd_refuses_is_set_by_the_next_apply() throws IOException {
        tg.faults("- {match: smbpasswd, do: fail, exit: 1, stderr: 'Failed to add entry for user anna.'}\n");
        Tg.Ran ran = tg.file(PASSWORD).say("apply --yes");
        assertThat(ran.exit()).isEqualTo(5);
        assertThat(ran.out() + ran.err()).contains("Failed to add entry for user anna.");
        tg.faults("[]\n");
        applied(PASSWORD);
        assertThat(tg.onHost("pdbedit -L").out()).startsWith("anna:1001:");
    }

    @Test
    void ids_that_differ_are_refused_since_nobody_is_renumbered() throws IOException {
        person("anna", "1005", "");
        assertRefused(ANNA, "user.id-differs]: user anna exists with ids 1005:1005, not 1001:1005");
        assertRefused("groups: {anna: {gid: 2000}}\n", "group.id-differs]: group anna exists with gid 1005, not 2000");
    }

    @Test
    void ids_of_others_are_refused_and_their_holder_is_named() throws IOException {
        person("bob", "1001", "");
        assertRefused(ANNA, "user.id-taken]: uid 1001 belongs to the user bob on the host");
        assertRefused("groups: {family: {gid: 1001}}\n", "group.id-taken]: gid 1001 belongs to the group bob");
    }

    @Test
    void an_account_that_vanished_is_made_again_only_when_asked() throws IOException {
        applied(ANNA);
        typed("mv", "--", "/root/passwd", "/etc/passwd");
        assertRefused(ANNA, "user.vanished]: user anna was set up by tengil and is gone from the host");
        typed("mv", "--", "/root/group", "/etc/group");
        assertRefused(ANNA, "group.vanished]: group anna was made by tengil and is gone from the host");
        Tg.Ran ran = tg.say("apply --yes --recreate user:anna --recreate group:anna");
        assertThat(ran.exit()).as(ran.out() + ran.err()).isZero();
        assertThat(line("passwd", "anna")).startsWith("anna:x:1001:1001:tengil main:");
        assertThat(tg.say("plan").out()).startsWith("No changes.");
    }

    @Test
    void who_else_is_in_a_group_stays_in_it() throws IOException {
        person("bob", "1002", "");
        String groups = "groups: {family: {gid: 2000}}\n";
        applied("users: {anna: {uid: 1001, groups: [family]}}\n" + groups);
        typed("usermod", "--append", "--groups", "family", "bob");
        assertThat(tg.say("plan").out()).startsWith("No changes.");
        applied(ANNA + groups);
        assertThat(line("group", "family")).isEqualTo("family:x:2000:bob\n");
        applied("{}\n");
        assertThat(line("group", "family")).isEqualTo("family:x:2000:bob\n");
    }

    @Test
    void a_membership_that_somebody_ended_is_put_back() throws IOException {
        String file = "users: {anna: {uid: 1001, groups: [family]}}\ngroups: {family: {gid: 2000}}\n";
        applied(file);
        typed("gpasswd", "--delete", "anna", "family");
        assertThat(tg.say("plan").out()).contains("~ user:anna").contains("group.family member");
        applied(file);
        assertThat(line("group", "family")).isEqualTo("family:x:2000:anna\n");
    }
}
