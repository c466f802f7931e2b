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
        machine.ok("chown 100000:100000 /tank/data");
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

    @Test
    void what_is_mounted_from_outside_the_containers_ids_stops_the_unpacking_and_keeps_its_owner() {
        Machine machine = Machine.of("images: {app:1: {config: {Cmd: [/app]}, os: alpine, directories: [/data]}}");
        machine.ok("zfs create tank/data");
        machine.ok("skopeo copy docker://app:1 oci-archive:/var/lib/vz/template/cache/app.tar");
        Result result =
                machine.sh("pct create 101 local:vztmpl/app.tar --rootfs local-zfs:1 --mp0 /tank/data,mp=/data");
        assertThat(result.exit()).isEqualTo(255);
        assertThat(result.err()).contains("Operation not permitted");
        assertThat(machine.ok("stat -c %u:%g /tank/data")).isEqualTo("0:0\n");
        machine.ok("chown 100999:100999 /tank/data");
        machine.ok("pct create 101 local:vztmpl/app.tar --rootfs local-zfs:1 --mp0 /tank/data,mp=/data");
        assertThat(machine.ok("stat -c %u:%g /tank/data")).isEqualTo("100000:100000\n");
    }

    @Test
    void a_layer_that_empties_a_directory_empties_what_is_mounted_there() {
        Machine machine = Machine.of("images: {app:1: {config: {Cmd: [/app]}, os: alpine, opaque: [/data]}}");
        machine.ok("zfs create tank/data");
        machine.write("/tank/data/photo", "dear");
        machine.ok("skopeo copy docker://app:1 oci-archive:/var/lib/vz/template/cache/app.tar");
        machine.ok("pct create 101 local:vztmpl/app.tar --rootfs local-zfs:1 --mp0 /tank/data,mp=/data");
        assertThat(machine.text("/tank/data/photo")).isEmpty();
    }

    @Test
    void whoever_may_not_write_inside_is_refused_inside() {
        Machine machine = Machine.withImage("");
        machine.ok(CREATE);
        machine.ok("pct set 101 --mp0 /tank/media,mp=/media --mp1 /tank/media,mp=/ro,ro=1");
        machine.ok("pct start 101");
        assertThat(machine.sh("pct exec 101 -- touch /media/x").err())
                .isEqualTo("touch: /media/x: Permission denied\n");
        assertThat(machine.sh("pct exec 101 -- touch /ro/x").err()).isEqualTo("touch: /ro/x: Read-only file system\n");
        machine.ok("chown 100000:100000 /tank/media");
        Result written =
                machine.run("pct", "exec", "101", "--", "sh", "-c", "echo hi > /media/x && chown 999:999 /media/x");
        assertThat(written.exit()).isZero();
        assertThat(machine.text("/tank/media/x")).isEqualTo("hi\n");
        assertThat(machine.ok("stat -c %u:%g /tank/media/x")).isEqualTo("100999:100999\n");
    }

    @Test
    void an_acl_for_the_containers_group_lets_it_write() {
        Machine machine = Machine.of("""
                images:
                  app:1: {config: {Cmd: [/app], User: app}, users: {app: '999:999'}, os: alpine, writes: [/data]}
                datasets: {tank/data: {properties: {acltype: posix}}}
                """);
        machine.ok("skopeo copy docker://app:1 oci-archive:/var/lib/vz/template/cache/app.tar");
        machine.ok("pct create 101 local:vztmpl/app.tar --rootfs local-zfs:1");
        machine.ok("pct set 101 --mp0 /tank/data,mp=/data");
        machine.ok("pct start 101");
        assertThat(machine.ok("pct status 101")).isEqualTo("status: stopped\n");
        machine.ok("setfacl -m g:100999:rwx -- /tank/data");
        machine.ok("pct start 101");
        assertThat(machine.ok("pct status 101")).isEqualTo("status: running\n");
    }

    @Test
    void a_program_that_cannot_write_where_it_must_runs_once_its_ids_are_passed_through() {
        Machine machine = Machine.of("""
                images:
                  app:1: {config: {Cmd: [/app], User: '1000'}, os: alpine, writes: [/data], output: app 1 starting}
                datasets: {tank/data: {owner: 1000:1000}}
                """);
        machine.ok("skopeo copy docker://app:1 oci-archive:/var/lib/vz/template/cache/app.tar");
        machine.ok("pct create 101 local:vztmpl/app.tar --rootfs local-zfs:1");
        machine.ok("mkdir -p /var/log/apps");
        machine.write("/etc/pve/lxc/101.conf", machine.conf(101) + "lxc.console.logfile: /var/log/apps/101.log\n");
        machine.ok("pct set 101 --mp0 /tank/data,mp=/data");
        machine.ok("pct start 101");
        assertThat(machine.ok("pct status 101")).isEqualTo("status: stopped\n");
        assertThat(machine.text("/var/log/apps/101.log")).isEqualTo("app 1 starting\n/data: Permission denied\n");
        machine.ok("pct set 101 --mp0 /tank/data,mp=/data,idmap=u:1000:1000:1;g:1000:1000:1");
        machine.ok("pct start 101");
        assertThat(machine.ok("pct status 101")).isEqualTo("status: running\n");
        assertThat(machine.ok("stat -c %a /var/log/apps/101.log")).isEqualTo("600\n");
    }

    @Test
    void a_console_log_in_a_folder_that_is_not_there_stops_the_start() {
        Machine machine = Machine.withImage("");
        machine.ok(CREATE);
        machine.write("/etc/pve/lxc/101.conf", machine.conf(101) + "lxc.console.logfile: /var/log/nowhere/101.log\n");
        assertThat(machine.sh("pct start 101").err()).isEqualTo("startup for container '101' failed\n");
        assertThat(machine.ok("pct status 101")).isEqualTo("status: stopped\n");
    }

    @Test
    void ranges_of_an_idmap_that_overlap_are_refused() {
        Machine machine = Machine.withImage("");
        machine.ok(CREATE);
        Result result = machine.sh("pct set 101 --mp0 /tank/media,mp=/m,idmap=u:1000:1000:2;u:1001:5000:1");
        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.err()).contains("mp0: invalid format");
        assertThat(machine.conf(101)).doesNotContain("mp0");
        machine.ok("pct set 101 --mp0 /tank/media,mp=/m,idmap=u:1000:1000:2;g:1000:1000:2");
    }

    @Test
    void a_program_that_takes_no_notice_is_only_stopped_by_force() {
        Machine machine = Machine.of("images: {app:1: {config: {Cmd: [/app]}, os: alpine, ignores-stop: true}}");
        machine.ok("skopeo copy docker://app:1 oci-archive:/var/lib/vz/template/cache/app.tar");
        machine.ok("pct create 101 local:vztmpl/app.tar --rootfs local-zfs:1");
        machine.ok("pct start 101");
        machine.ok("pct set 101 --env A=1");
        assertThat(machine.sh("pct shutdown 101 --timeout 20").exit()).isEqualTo(255);
        assertThat(machine.ok("pct status 101")).isEqualTo("status: running\n");
        machine.ok("pct shutdown 101 --timeout 20 --forceStop 1");
        assertThat(machine.ok("pct status 101")).isEqualTo("status: stopped\n");
        assertThat(machine.conf(101)).contains("lxc.environment.runtime: A=1\n").doesNotContain("pending");
    }

    @Test
    void when_the_first_program_ends_the_container_is_stopped_and_what_waited_is_applied() {
        Machine machine = Machine.withImage("");
        machine.ok(CREATE);
        machine.ok("pct start 101");
        machine.ok("pct set 101 --env A=1");
        machine.ok("pct exec 101 -- kill 1");
        assertThat(machine.ok("pct status 101")).isEqualTo("status: stopped\n");
        assertThat(machine.conf(101)).contains("lxc.environment.runtime: A=1\n").doesNotContain("pending");
        assertThat(machine.sh("pct exec 101 -- true").exit()).isNotZero();
    }

    @Test
    void what_runs_inside_gives_its_exit_code_through() {
        Machine machine = Machine.withImage("");
        machine.ok(CREATE);
        machine.ok("pct start 101");
        assertThat(machine.run("pct", "exec", "101", "--", "sh", "-c", "false || exit 7")
                        .exit())
                .isEqualTo(7);
        assertThat(machine.sh("pct exec 101 -- false").exit()).isEqualTo(1);
        assertThat(machine.sh("pct exec 101 -- nosuch").exit()).isEqualTo(127);
    }

    @Test
    void the_root_disk_of_a_running_container_is_in_use() {
        Machine machine = Machine.withImage("");
        machine.ok(CREATE);
        machine.ok("pct start 101");
        assertThat(machine.sh("zfs destroy rpool/data/subvol-101-disk-0").err())
                .isEqualTo("cannot destroy 'rpool/data/subvol-101-disk-0': dataset is busy\n");
    }

    @Test
    void a_container_is_copied_with_its_variables_and_new_macs_unless_it_binds_something() {
        Machine machine = Machine.withImage("");
        machine.ok(CREATE);
        machine.ok("pct set 101 --env A=1");
        machine.ok("pct clone 101 102 --hostname copy");
        assertThat(machine.conf(102))
                .contains(
                        "hostname: copy\n",
                        "lxc.environment.runtime: A=1\n",
                        "rootfs: local-zfs:subvol-102-disk-0,size=2G\n")
                .doesNotContain(machine.conf(101).replaceAll("(?s).*hwaddr=([^,]*).*", "$1"));
        machine.ok("pct start 102");
        assertThat(machine.sh("pct clone 102 103").exit()).isEqualTo(255);
        machine.ok("pct set 101 --mp0 /tank/media,mp=/media");
        assertThat(machine.sh("pct clone 101 103").err()).contains("mp0", "type bind");
        assertThat(machine.sh("pct clone 101 102").err()).contains("already exists");
        assertThat(machine.conf(103)).isEmpty();
    }

    @Test
    void a_volume_moves_to_another_container_under_a_name_of_that_ones() {
        Machine machine = Machine.withImage("");
        machine.ok(CREATE + " --mp1 local-zfs:1,mp=/own");
        machine.ok("pct create 200 local:vztmpl/redis.tar --rootfs local-zfs:1");
        assertThat(machine.conf(101))
                .contains("rootfs: local-zfs:subvol-101-disk-0,", "mp1: local-zfs:subvol-101-disk-1,");
        machine.write("/rpool/data/subvol-101-disk-1/kept", "yes");
        assertThat(machine.sh("pct move-volume 101 rootfs --target-vmid 200").exit())
                .isEqualTo(255);
        assertThat(machine.sh("pct move-volume 101 mp7 --target-vmid 200").err())
                .contains("mp7");
        machine.ok("pct start 101");
        assertThat(machine.sh("pct move-volume 101 mp1 --target-vmid 200").err())
                .contains("running container");
        machine.ok("pct stop 101");
        machine.ok("pct move-volume 101 mp1 --target-vmid 200 --target-volume mp3");
        assertThat(machine.conf(101)).doesNotContain("mp1");
        assertThat(machine.conf(200)).contains("mp3: local-zfs:subvol-200-disk-1,mp=/own,size=1G\n");
        assertThat(machine.text("/rpool/data/subvol-200-disk-1/kept")).isEqualTo("yes");
        machine.ok("pct set 101 --mp0 /tank/media,mp=/media");
        assertThat(machine.sh("pct move-volume 101 mp0 --target-vmid 200").err())
                .contains("not a volume");
    }

    @Test
    void a_volume_moves_to_another_storage_and_the_old_one_stays_unused() {
        Machine machine = Machine.withImage("");
        machine.ok("zfs create tank/ct");
        machine.ok("pvesm add zfspool tank-ct --pool tank/ct --content rootdir");
        machine.ok(CREATE);
        machine.ok("pct move-volume 101 rootfs tank-ct");
        assertThat(machine.conf(101))
                .contains("rootfs: tank-ct:subvol-101-disk-0,size=2G\n", "unused0: local-zfs:subvol-101-disk-0\n");
        machine.ok("pct start 101");
        assertThat(machine.sh("pct move-volume 101 rootfs local-zfs").err())
                .isEqualTo("cannot move volumes of a running container\n");
    }

    @Test
    void a_snapshot_is_gone_back_to_with_its_files_and_its_config() {
        Machine machine = Machine.withImage("");
        machine.ok(CREATE);
        machine.write("/rpool/data/subvol-101-disk-0/note", "before");
        machine.ok("pct snapshot 101 one");
        machine.write("/rpool/data/subvol-101-disk-0/note", "after");
        machine.ok("pct set 101 --memory 1024");
        machine.ok("pct snapshot 101 two");
        assertThat(machine.sh("pct rollback 101 one").err()).contains("not most recent snapshot");
        assertThat(machine.ok("pvesh get /nodes/pve/lxc/101/config --snapshot one --output-format json"))
                .contains("\"memory\":512");
        machine.ok("pct delsnapshot 101 two");
        machine.ok("pct rollback 101 one");
        assertThat(machine.text("/rpool/data/subvol-101-disk-0/note")).isEqualTo("before");
        assertThat(machine.conf(101)).contains("memory: 512\n", "parent: one\n");
        assertThat(machine.ok("pct listsnapshot 101").lines()).hasSize(2);
        assertThat(machine.sh("pct rollback 101 nosuch").err()).isEqualTo("snapshot 'nosuch' does not exist\n");
    }

    @Test
    void a_template_never_starts() {
        Machine machine = Machine.withImage("");
        machine.ok(CREATE);
        machine.ok("pct template 101");
        assertThat(machine.conf(101)).contains("template: 1\n", "rootfs: local-zfs:basevol-101-disk-0");
        assertThat(machine.sh("pct start 101").err()).isEqualTo("you can't start a CT if it's a template\n");
    }

    @Test
    void a_volume_grows_only_for_whoever_knows_its_config() {
        Machine machine = Machine.withImage("");
        machine.ok(CREATE);
        assertThat(machine.sh("pct resize 101 rootfs +1G --digest " + "0".repeat(40))
                        .err())
                .startsWith("detected modified configuration");
        machine.ok("pct set 101 --mp0 /tank/media,mp=/media");
        assertThat(machine.sh("pct resize 101 mp0 +1G").exit()).isNotZero();
        assertThat(machine.sh("pct resize 101 mp9 +1G").exit()).isNotZero();
    }
}
