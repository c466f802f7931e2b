package dev.tengil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a container made from an image is given beyond what the file says: name servers, shared memory, single files. */
class AtCreationTest {

    private static final String IMAGES = """
            images:
              demo/scratch:1: {config: {Cmd: [/app]}}
              demo/debian:1: {config: {Cmd: [/app]}, os: debian}
              demo/wolfi:1: {config: {Cmd: [/app]}, os: wolfi}
              demo/wolfi:2: {config: {Cmd: [/app], Env: [VERSION=2]}, os: wolfi}
            """;

    private static final String STATIC = "network: {ip: 192.168.1.50/24, gateway: 192.168.1.1%s}";

    @TempDir
    Path folder;

    private Tg world(String more) throws IOException {
        Tg tg = new Tg(folder);
        Files.writeString(folder.resolve("world.yml"), IMAGES + more);
        Tg.Ran made = tg.say("sim new w --world world.yml");
        assertThat(made.exit()).as(made.err()).isZero();
        return tg;
    }

    private static String app(String image, String network) {
        return "version: 3\ncontainers:\n  app:\n    image: demo/" + image + ":1\n    " + network + "\n";
    }

    private static void applied(Tg tg) {
        Tg.Ran ran = tg.say("apply --yes");
        assertThat(ran.exit()).as(ran.out() + ran.err()).isZero();
        assertThat(tg.say("plan").out()).contains("No changes");
    }

    @Test
    void a_system_that_proxmox_does_not_know_gets_the_hosts_name_servers_with_a_static_address() throws IOException {
        Tg tg = world("").file(app("scratch", STATIC.formatted("")));
        applied(tg);
        assertThat(tg.onHost("pct exec 100 -- cat /etc/resolv.conf").out()).isEqualTo("nameserver 192.168.1.1\n");
    }

    @Test
    void an_image_of_a_system_that_proxmox_refuses_is_unpacked_without_its_help_also_in_an_update() throws IOException {
        Tg tg = world("").file(app("wolfi", STATIC.formatted("")));
        Tg.Ran made = tg.say("apply --yes");
        assertThat(made.exit()).as(made.out() + made.err()).isZero();
        assertThat(made.out()).contains("Proxmox does not know the system in it; once more as unmanaged");
        assertThat(tg.onHost("cat /etc/pve/lxc/100.conf").out()).contains("ostype: unmanaged\n");
        assertThat(tg.onHost("pct exec 100 -- cat /etc/resolv.conf").out()).isEqualTo("nameserver 192.168.1.1\n");
        tg.file(app("wolfi", STATIC.formatted("")).replace(":1\n", ":2\n"));
        applied(tg);
        assertThat(tg.onHost("cat /etc/pve/lxc/100.conf").out())
                .contains("ostype: unmanaged\n", "lxc.environment.runtime: VERSION=2\n");
        assertThat(tg.onHost("zfs list -H -o name -r rpool/data").out().lines())
                .containsExactly("rpool/data", "rpool/data/subvol-100-disk-0", "rpool/data/tengil-aside-100-g2");
    }

    @Test
    void name_servers_of_the_file_win_and_change_with_a_restart() throws IOException {
        Tg tg = world("").file(app("scratch", STATIC.formatted(", nameserver: 9.9.9.9, searchdomain: lan")));
        applied(tg);
        assertThat(tg.onHost("pct exec 100 -- cat /etc/resolv.conf").out())
                .endsWith("search lan\nnameserver 9.9.9.9\n");
        tg.file(app("scratch", STATIC.formatted(", nameserver: 1.1.1.1, searchdomain: lan")));
        assertThat(tg.say("plan").out()).contains("↻ container:app");
        applied(tg);
        assertThat(tg.onHost("pct exec 100 -- cat /etc/resolv.conf").out()).endsWith("nameserver 1.1.1.1\n");
    }

    @Test
    void name_servers_that_come_into_the_file_later_are_used_and_those_of_the_host_when_they_leave_it()
            throws IOException {
        Tg tg = world("").file(app("scratch", STATIC.formatted("")));
        applied(tg);
        tg.file(app("scratch", STATIC.formatted(", nameserver: 9.9.9.9")));
        applied(tg);
        assertThat(tg.onHost("pct exec 100 -- cat /etc/resolv.conf").out()).endsWith("nameserver 9.9.9.9\n");
        tg.file(app("scratch", STATIC.formatted("")));
        applied(tg);
        assertThat(tg.onHost("pct exec 100 -- cat /etc/resolv.conf").out()).isEqualTo("nameserver 192.168.1.1\n");
    }

    @Test
    void what_was_written_for_a_container_goes_with_it() throws IOException {
        String app = app("scratch", STATIC.formatted(", nameserver: 9.9.9.9") + "\n    protect: false");
        Tg tg = world("").file(app);
        applied(tg);
        assertThat(tg.onHost("ls /var/lib/tengil-resolv /var/lib/tengil/main/console")
                        .out())
                .contains("100.conf", "100.log");
        tg.file("version: 3\n");
        Tg.Ran ran = tg.say("apply --yes --allow-destroy container:app");
        assertThat(ran.exit()).as(ran.out() + ran.err()).isZero();
        assertThat(tg.onHost("ls /var/lib/tengil-resolv /var/lib/tengil/main/console")
                        .out())
                .doesNotContain("100.conf", "100.log");
    }

    @Test
    void one_that_gets_a_static_address_later_gets_name_servers_with_it() throws IOException {
        Tg tg = world("").file(app("scratch", "tags: [x]"));
        applied(tg);
        assertThat(tg.onHost("cat /etc/pve/lxc/100.conf").out()).doesNotContain("resolv.conf");
        tg.file(app("scratch", "tags: [x]\n    " + STATIC.formatted("")));
        applied(tg);
        assertThat(tg.onHost("cat /etc/pve/lxc/100.conf").out())
                .contains("lxc.mount.entry: /etc/resolv.conf etc/resolv.conf ");
        tg.file(app("scratch", "tags: [x]\n    network: {ip: dhcp}"));
        applied(tg);
        assertThat(tg.onHost("cat /etc/pve/lxc/100.conf").out()).doesNotContain("resolv.conf");
    }

    @Test
    void one_that_it_knows_and_one_with_dhcp_are_left_alone() throws IOException {
        Tg tg = world("").file(app("debian", STATIC.formatted("")));
        applied(tg);
        assertThat(tg.onHost("cat /etc/pve/lxc/100.conf").out()).doesNotContain("resolv.conf");
        tg.file(app("scratch", "tags: [dhcp]").replace("app:", "other:"));
        assertThat(tg.say("plan --commands").out()).doesNotContain("resolv.conf");
    }

    @Test
    void shared_memory_is_mounted_where_the_host_does_not_do_it() throws IOException {
        Tg old = world("packages: {pve-container: 6.1.6}\n").file(app("scratch", "tags: [x]"));
        applied(old);
        assertThat(old.onHost("cat /etc/pve/lxc/100.conf").out())
                .contains("lxc.mount.entry: tmpfs dev/shm tmpfs nosuid,nodev,create=dir 0 0");
        old.say("apply --yes --replace container:app");
        assertThat(old.onHost("cat /etc/pve/lxc/100.conf").out()).containsOnlyOnce("dev/shm");
    }

    @Test
    void a_host_that_mounts_it_itself_is_left_alone() throws IOException {
        Tg tg = world("").file(app("scratch", "tags: [x]"));
        applied(tg);
        assertThat(tg.onHost("cat /etc/pve/lxc/100.conf").out()).doesNotContain("dev/shm");
    }

    @Test
    void the_script_of_a_plan_says_the_condition() throws IOException {
        Tg tg = world("").file(app("scratch", STATIC.formatted("")));
        assertThat(tg.say("plan --script").out()).contains("! grep -qx 'ostype: unmanaged' /etc/pve/lxc/100.conf ||");
    }

    @Test
    void a_single_file_is_seen_inside_and_one_behind_a_closed_directory_is_said_before() throws IOException {
        Tg tg = world("files:\n  /srv/open/app.ini: \"a=1\"\n  /srv/closed: {directory: true, mode: \"0700\"}\n"
                        + "  /srv/closed/app.ini: \"a=1\"\n")
                .file(app("scratch", "volumes: [{source: /srv/open/app.ini, target: /etc/app.ini, file: true}]"));
        applied(tg);
        assertThat(tg.onHost("pct exec 100 -- cat /etc/app.ini").out()).contains("a=1");
        tg.file(app("scratch", "volumes: [{source: /srv/closed/app.ini, target: /etc/app.ini, file: true}]"));
        Tg.Ran plan = tg.say("plan");
        assertThat(plan.err()).contains("warning[container.file-out-of-reach]").contains("chmod o+x /srv/closed");
        assertThat(tg.say("apply --yes").exit()).isEqualTo(5);
    }
}
