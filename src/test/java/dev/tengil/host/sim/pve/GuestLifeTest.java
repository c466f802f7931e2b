package dev.tengil.host.sim.pve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tengil.host.Bytes;
import dev.tengil.host.Command;
import dev.tengil.host.GuestConfReplace;
import dev.tengil.host.Result;
import dev.tengil.model.VmId;
import java.util.List;
import org.junit.jupiter.api.Test;

class GuestLifeTest {

    private static final String CREATE = "pct create 101 local:vztmpl/redis.tar --rootfs local-zfs:2 --hostname cache"
            + " --net0 name=eth0,bridge=vmbr0,ip=dhcp";

    @Test
    void the_image_overwrites_env_entrypoint_and_console_mode_given_at_create() {
        Machine machine = Machine.withImage("");
        machine.ok(CREATE + " --env A=1 --entrypoint /bin/mine --cmode tty");
        assertThat(machine.conf(101))
                .contains("entrypoint: docker-entrypoint.sh redis-server\n", "cmode: console\n", "host-managed=1")
                .contains("lxc.environment.runtime: REDIS_VERSION=7.4.2\n", "lxc.signal.halt: SIGTERM\n")
                .doesNotContain("A=1");
    }

    @Test
    void a_privileged_container_cannot_be_made_of_an_image_and_nothing_stays_behind() {
        Machine machine = Machine.withImage("");
        Result result = machine.sh(CREATE + " --unprivileged 0");
        assertThat(result.exit()).isEqualTo(255);
        assertThat(result.err()).isEqualTo("unable to create CT 101 - setgid(0): Invalid argument\n");
        assertThat(machine.conf(101)).isEmpty();
        assertThat(machine.ok("zfs list -H -o name -r rpool/data")).isEqualTo("rpool/data\n");
    }

    @Test
    void pvesh_exits_with_0_when_the_worker_failed_and_names_it_last() {
        Machine machine = Machine.withImage("");
        Result result = machine.sh("pvesh create /nodes/pve/lxc --vmid 101 --ostemplate local:vztmpl/redis.tar"
                + " --rootfs local-zfs:1 --unprivileged 0 --output-format json");
        assertThat(result.exit()).isZero();
        String last = result.out().lines().toList().getLast();
        assertThat(last).startsWith("\"UPID:pve:").endsWith(":vzcreate:101:root@pam:\"");
        assertThat(machine.ok("pvesh get /nodes/pve/tasks/" + last.replace("\"", "") + "/status --output-format json"))
                .contains("\"exitstatus\":\"unable to create CT 101 - setgid(0): Invalid argument\"");
    }

    @Test
    void files_of_the_image_overwrite_what_is_mounted_while_it_unpacks() {
        Machine machine = Machine.of("""
                images:
                  app:1: {config: {Cmd: [/app]}, os: alpine, files: {/data/settings: from the image}}
                """);
        machine.ok("zfs create tank/data");
        machine.write("/tank/data/settings", "mine");
        machine.ok("skopeo copy docker://app:1 oci-archive:/var/lib/vz/template/cache/app.tar");
        machine.ok("pct create 101 local:vztmpl/app.tar --rootfs local-zfs:1 --mp0 /tank/data,mp=/data,ro=1");
        assertThat(machine.text("/tank/data/settings")).isEqualTo("from the image");
    }

    @Test
    void an_unknown_distribution_stops_the_creation_unless_it_is_unmanaged() {
        Machine machine = Machine.of("images: {wolfi:1: {config: {Cmd: [/app]}, os: wolfi}}");
        machine.ok("skopeo copy docker://wolfi:1 oci-archive:/var/lib/vz/template/cache/wolfi.tar");
        assertThat(machine.sh("pct create 101 local:vztmpl/wolfi.tar --rootfs local-zfs:1")
                        .err())
                .isEqualTo("unable to create CT 101 - unable to detect OS distribution\n");
        machine.ok("pct create 101 local:vztmpl/wolfi.tar --rootfs local-zfs:1 --ostype unmanaged");
        assertThat(machine.conf(101)).contains("ostype: unmanaged\n");
    }

    @Test
    void a_stopped_container_takes_a_missing_bind_source_and_then_does_not_start() {
        Machine machine = Machine.withImage("");
        machine.ok(CREATE);
        machine.ok("pct set 101 --mp0 /tank/nowhere,mp=/x");
        Result result = machine.sh("pct start 101");
        assertThat(result.exit()).isEqualTo(255);
        assertThat(result.err()).isEqualTo("startup for container '101' failed\n");
        assertThat(machine.ok("pct status 101")).isEqualTo("status: stopped\n");
    }

    @Test
    void a_symlink_is_no_bind_source_and_no_target() {
        Machine machine = Machine.withImage("files: {/srv/link: {link: /tank}}");
        machine.ok(CREATE);
        machine.ok("pct set 101 --mp0 /srv/link,mp=/x");
        assertThat(machine.sh("pct start 101").exit()).isEqualTo(255);
    }

    @Test
    void memory_changes_at_once_and_env_and_known_mounts_wait_for_a_restart() {
        Machine machine = Machine.withImage("");
        machine.ok(CREATE);
        machine.ok("pct set 101 --mp0 /tank/media,mp=/media");
        machine.ok("pct start 101");
        machine.ok("pct set 101 --memory 1024 --env A=1 --mp0 /tank/media,mp=/media,ro=1 --mp1 /tank/media,mp=/more");
        assertThat(machine.conf(101))
                .contains("memory: 1024\n", "mp0: /tank/media,mp=/media\n", "mp1: /tank/media,mp=/more\n")
                .endsWith("\n[pve:pending]\nmp0: /tank/media,mp=/media,ro=1\nlxc.environment.runtime: A=1\n");
        machine.ok("pct reboot 101");
        assertThat(machine.conf(101))
                .contains("mp0: /tank/media,mp=/media,ro=1\n", "lxc.environment.runtime: A=1\n")
                .doesNotContain("pending");
    }

    @Test
    void a_pending_change_can_be_taken_back() {
        Machine machine = Machine.withImage("");
        machine.ok(CREATE);
        machine.ok("pct start 101");
        machine.ok("pct set 101 --entrypoint /bin/other");
        assertThat(machine.ok("pct pending 101")).contains("new entrypoint: /bin/other\n");
        machine.ok("pct set 101 --revert entrypoint");
        assertThat(machine.conf(101)).doesNotContain("pending");
    }

    @Test
    void a_network_without_its_mac_gets_a_new_one() {
        Machine machine = Machine.withImage("");
        machine.ok(CREATE);
        String before = machine.conf(101).replaceFirst("(?s).*hwaddr=([^,]*).*", "$1");
        machine.ok("pct set 101 --net0 name=eth0,bridge=vmbr0,ip=dhcp");
        assertThat(machine.conf(101)).contains("hwaddr=BC:24:11:").doesNotContain(before);
    }

    @Test
    void a_container_with_dhcp_has_an_address_once_it_runs() {
        Machine machine = Machine.withImage("");
        machine.ok(CREATE);
        assertThat(machine.ok("pvesh get /nodes/localhost/lxc/101/interfaces --output-format json"))
                .isEqualTo("null\n");
        machine.ok("pct start 101");
        assertThat(machine.ok("pvesh get /nodes/localhost/lxc/101/interfaces --output-format json"))
                .contains("\"inet\":\"192.168.1.100/24\"");
    }

    @Test
    void a_program_that_misses_what_its_image_says_it_needs_exits_at_once() {
        Machine machine = Machine.withImage("");
        machine.ok("skopeo copy docker://postgres:16 oci-archive:/var/lib/vz/template/cache/pg.tar");
        machine.ok("pct create 102 local:vztmpl/pg.tar --rootfs local-zfs:2");
        machine.ok("pct start 102");
        assertThat(machine.ok("pct status 102")).isEqualTo("status: stopped\n");
        machine.ok("pct set 102 --env POSTGRES_PASSWORD=x");
        machine.ok("pct start 102");
        assertThat(machine.ok("pct status 102")).isEqualTo("status: running\n");
    }

    @Test
    void destroying_frees_the_volumes_named_for_it_and_no_others() {
        Machine machine = Machine.withImage("");
        machine.ok(CREATE + " --mp1 local-zfs:1,mp=/own");
        machine.ok("pvesm alloc local-zfs 900 subvol-900-keep 1G");
        machine.ok("pct set 101 --mp2 local-zfs:subvol-900-keep,mp=/foreign --mp3 /tank/media,mp=/media");
        machine.ok("zfs rename rpool/data/subvol-101-disk-0 rpool/data/tengil-aside-101");
        machine.ok("pct destroy 101");
        assertThat(machine.ok("zfs list -H -o name -r rpool/data"))
                .isEqualTo("rpool/data\nrpool/data/subvol-900-keep\nrpool/data/tengil-aside-101\n");
        assertThat(machine.ok("zfs list -H -o name tank/media")).isEqualTo("tank/media\n");
    }

    @Test
    void a_lock_in_the_config_stops_everything_until_it_is_taken_away() {
        Machine machine = Machine.withImage("");
        machine.ok(CREATE);
        machine.ok("pct set 101 --lock backup");
        for (String line : List.of("pct set 101 --memory 512", "pct start 101", "pct destroy 101")) {
            assertThat(machine.sh(line).err()).isEqualTo("CT is locked (backup)\n");
        }
        machine.ok("pct unlock 101");
        machine.ok("pct destroy 101");
    }

    @Test
    void a_digest_that_is_not_the_files_is_refused() {
        Machine machine = Machine.withImage("");
        machine.ok(CREATE);
        Result result = machine.sh("pvesh set /nodes/pve/lxc/101/config --memory 64 --digest " + "0".repeat(40));
        assertThat(result.exit()).isNotZero();
        assertThat(result.err()).startsWith("detected modified configuration");
        String digest = Bytes.utf8(machine.conf(101)).digest("SHA-1");
        machine.ok("pvesh set /nodes/pve/lxc/101/config --memory 64 --digest " + digest);
    }

    @Test
    void the_locked_edit_replaces_a_config_that_nobody_changed() throws Exception {
        Machine machine = Machine.withImage("");
        machine.ok(CREATE);
        Bytes before = Bytes.utf8(machine.conf(101));
        Bytes after = Bytes.utf8(machine.conf(101) + "lxc.cap.drop: sys_time\n");
        VmId vmid = new VmId(101);
        assertThat(machine.host()
                        .run(GuestConfReplace.command(vmid, before, after))
                        .exit())
                .isZero();
        assertThat(machine.ok("pct config 101")).contains("lxc.cap.drop: sys_time\n");
        assertThat(machine.host()
                        .run(GuestConfReplace.command(vmid, before, after))
                        .exit())
                .isEqualTo(GuestConfReplace.CHANGED_MEANWHILE);
        Command other = Command.changes("flock", "-w", "10", "/run/lock/lxc/x.lock", "sh", "-c", "echo", "x", "y", "z");
        assertThat(machine.host().run(other).exit()).isEqualTo(126);
    }

    @Test
    void a_dataset_that_a_running_container_mounts_cannot_be_destroyed() {
        Machine machine = Machine.withImage("");
        machine.ok(CREATE);
        machine.ok("pct set 101 --mp0 /tank/media,mp=/media");
        machine.ok("pct start 101");
        assertThat(machine.sh("zfs destroy tank/media").err())
                .isEqualTo("cannot destroy 'tank/media': dataset is busy\n");
    }

    @Test
    void a_bind_mount_forbids_snapshots_and_growing_only_grows() {
        Machine machine = Machine.withImage("");
        machine.ok(CREATE);
        machine.ok("pct snapshot 101 before");
        assertThat(machine.ok("zfs list -H -t snapshot -o name")).contains("rpool/data/subvol-101-disk-0@before");
        machine.ok("pct set 101 --mp0 /tank/media,mp=/media");
        assertThat(machine.sh("pct snapshot 101 after").err()).isEqualTo("snapshot feature is not available\n");
        machine.ok("pct resize 101 rootfs +1G");
        assertThat(machine.conf(101)).contains("rootfs: local-zfs:subvol-101-disk-0,size=3G\n");
        assertThat(machine.sh("pct resize 101 rootfs 1G").err()).isEqualTo("unable to shrink disk size\n");
    }

    @Test
    void a_bridge_that_is_not_there_passes_create_and_fails_the_start() {
        Machine machine = Machine.withImage("");
        machine.ok(CREATE.replace("vmbr0", "vmbr9"));
        assertThat(machine.sh("pct start 101").err()).isEqualTo("bridge 'vmbr9' does not exist\n");
    }

    @Test
    void a_described_container_is_there_from_the_beginning() {
        Machine machine = Machine.of("""
                containers:
                  105:
                    running: true
                    conf: |
                      hostname: old
                      rootfs: local-zfs:subvol-105-disk-0,size=4G
                """);
        assertThat(machine.ok("pct list")).contains("105        running                 old");
        assertThat(machine.ok("zfs get -Hp -o value refquota rpool/data/subvol-105-disk-0"))
                .isEqualTo("4294967296\n");
    }
}
