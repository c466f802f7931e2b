package dev.tengil.host.sim.pve.guest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tengil.host.Bytes;
import java.util.List;
import org.junit.jupiter.api.Test;

class GuestTextTest {

    private static String rewritten(String text) {
        return GuestText.write(GuestText.parse(Bytes.utf8(text))).text();
    }

    @Test
    void options_are_sorted_then_come_env_then_raw_lines_then_the_sections() {
        String read = """
                lxc.init.cwd: /app
                memory: 512
                lxc.environment.runtime = A=x y
                arch: amd64
                #line one

                [before]
                memory: 256

                [pve:pending]
                delete: mp0
                cmode: shell
                """;
        assertThat(rewritten(read)).isEqualTo("""
                #line one
                arch: amd64
                memory: 512
                lxc.environment.runtime: A=x y
                lxc.init.cwd: /app

                [pve:pending]
                cmode: shell
                delete: mp0

                [before]
                memory: 256
                """);
    }

    @Test
    void what_is_no_option_is_dropped_and_booleans_and_numbers_are_normalised() {
        assertThat(rewritten("onboot: yes\nmemory: 0512\nnosuch: 1\ncores: many\n"))
                .isEqualTo("memory: 512\nonboot: 1\n");
    }

    @Test
    void a_description_is_percent_encoded_and_ends_in_a_newline() {
        GuestConfig config = GuestText.parse(Bytes.utf8("#a%3Ab\n"));
        assertThat(config.current().get("description")).isEqualTo("a:b\n");
        assertThat(rewritten("#a%3Ab 100%25 %C3%A9\n")).isEqualTo("#a%3Ab 100%25 %C3%A9\n");
    }

    @Test
    void bytes_beyond_ascii_survive_a_rewrite() {
        String line = "lxc.environment.runtime: A=f\u00fcr # \"x\" = y\n";
        assertThat(rewritten(line)).isEqualTo(line);
    }

    @Test
    void a_volume_belongs_to_the_container_in_its_name() {
        assertThat(new Volume.Stored("tank", "subvol-101-disk-0").owner()).isEqualTo(101);
        assertThat(new Volume.Stored("local", "101/vm-101-disk-0.raw").owner()).isEqualTo(101);
        assertThat(new Volume.Stored("tank", "tengil-aside-101-g1").owner()).isEqualTo(-1);
        assertThat(Volume.parse("tank:8")).isEqualTo(new Volume.New("tank", 8L << 30));
        assertThat(Volume.parse("/srv")).isEqualTo(new Volume.Bind("/srv"));
    }

    @Test
    void a_upid_reads_back_as_it_was_written() {
        String text = "UPID:pvelab:000004B8:0000C07A:6B039F48:vzcreate:111:root@pam:";
        assertThat(String.valueOf(Upid.parse(text))).isEqualTo(text);
        assertThat(Upid.parse("UPID:x")).isNull();
    }

    @Test
    void words_are_quoted_for_a_shell() {
        assertThat(ShellWords.join(List.of("/bin/sh", "-c", "echo 'x'"))).isEqualTo("/bin/sh -c 'echo '\\''x'\\'''");
    }
}
