package dev.tengil.apply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tengil.model.Secret;
import dev.tengil.resource.ConfEdit;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConfTextTest {

    private static final String CONF = """
            #Made by hand%3A keep me
            arch: amd64
            entrypoint: /bin/app
            hostname: app
            unprivileged: 1
            lxc.environment.runtime: PATH=/usr/bin:/bin
            lxc.environment.runtime: TZ=UTC
            lxc.init.cwd: /app
            lxc.signal.halt: SIGTERM

            [pve:pending]
            memory: 200
            [before-update]
            #snapshot text
            hostname: old
            lxc.environment.runtime: TZ=Mars
            """;

    private static String edited(ConfEdit... edits) {
        return ConfText.edited(CONF, List.of(edits));
    }

    @Test
    void a_variable_is_changed_where_it_stands_and_every_other_byte_stays() {
        assertThat(edited(new ConfEdit.SetEnv("TZ", "Europe/Berlin", null)))
                .isEqualTo(CONF.replace("TZ=UTC", "TZ=Europe/Berlin"));
    }

    @Test
    void a_new_variable_goes_behind_the_images_own_and_before_other_raw_lines() {
        assertThat(edited(new ConfEdit.SetEnv("A", "1", null)))
                .isEqualTo(CONF.replace("TZ=UTC\n", "TZ=UTC\nlxc.environment.runtime: A=1\n"));
    }

    @Test
    void a_secret_variable_reaches_the_text() {
        assertThat(edited(new ConfEdit.SetEnv("KEY", null, Secret.of("key", "s3cret"))))
                .contains("lxc.environment.runtime: KEY=s3cret\n");
    }

    @Test
    void a_variable_whose_name_only_begins_the_same_is_another() {
        assertThat(edited(new ConfEdit.RemoveEnv("T"))).isEqualTo(CONF);
        assertThat(edited(new ConfEdit.RemoveEnv("TZ")))
                .isEqualTo(CONF.replaceFirst("lxc.environment.runtime: TZ=UTC\n", ""));
    }

    @Test
    void snapshots_and_pending_changes_are_never_touched() {
        String text = edited(new ConfEdit.SetOption("hostname", "new"), new ConfEdit.RemoveEnv("TZ"));
        assertThat(text).contains("[before-update]\n#snapshot text\nhostname: old\nlxc.environment.runtime: TZ=Mars\n");
        assertThat(text).contains("\nhostname: new\n");
    }

    @Test
    void a_repeating_raw_line_is_added_once() {
        ConfEdit add = new ConfEdit.AddRaw("lxc.mount.entry", "/a b none bind 0 0");
        String once = ConfText.edited(CONF, List.of(add));
        assertThat(ConfText.edited(once, List.of(add))).isEqualTo(once);
        assertThat(once).contains("lxc.signal.halt: SIGTERM\nlxc.mount.entry: /a b none bind 0 0\n\n[pve:pending]");
    }

    @Test
    void of_two_lines_of_a_single_key_one_remains() {
        String twice = "lxc.init.cwd: /a\nlxc.init.cwd: /b\n";
        assertThat(ConfText.edited(twice, List.of(new ConfEdit.SetRaw("lxc.init.cwd", "/c"))))
                .isEqualTo("lxc.init.cwd: /c\n");
    }

    @Test
    void an_equals_sign_separates_a_raw_line_too() {
        assertThat(ConfText.edited(
                        "lxc.apparmor.profile = generated\n",
                        List.of(new ConfEdit.SetRaw("lxc.apparmor.profile", "unconfined"))))
                .isEqualTo("lxc.apparmor.profile: unconfined\n");
    }
}
