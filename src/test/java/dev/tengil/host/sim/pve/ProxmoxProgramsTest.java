package dev.tengil.host.sim.pve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tengil.host.Bytes;
import dev.tengil.host.Command;
import dev.tengil.host.Result;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProxmoxProgramsTest {

    private static final String OLD =
            "packages: {pve-manager: 8.4.14, pve-container: 5.3.3, libpve-storage-perl: 8.3.7}";

    @Test
    void a_plain_debian_has_none_of_proxmoxs_programs() {
        Machine machine = Machine.of("proxmox: false");
        for (String program : List.of("pvesh", "pct", "pveam", "pvesm", "pveversion", "skopeo")) {
            Result result = machine.run(program, "list");
            assertThat(result.exit()).isEqualTo(127);
            assertThat(result.err()).isEqualTo(program + ": command not found\n");
        }
    }

    @Test
    void proxmox_8_4_knows_neither_the_pull_nor_env_nor_what_an_oci_archive_is() {
        Machine machine = Machine.of(OLD);
        assertThat(machine.ok("pveversion")).startsWith("pve-manager/8.4.14/");
        String pull = "pvesh create /nodes/pve/storage/local/oci-registry-pull --reference redis:7";
        assertThat(machine.sh(pull).err())
                .isEqualTo("No 'create' handler defined for '/nodes/pve/storage/local/oci-registry-pull'\n");
        machine.ok("skopeo copy docker://redis:7 oci-archive:/var/lib/vz/template/cache/redis.tar");
        assertThat(machine.sh("pct create 101 local:vztmpl/redis.tar --rootfs local-zfs:1")
                        .exit())
                .isEqualTo(255);
        machine.ok("pveam download local debian-12-standard_12.12-1_amd64.tar.zst");
        machine.ok("pct create 101 local:vztmpl/debian-12-standard_12.12-1_amd64.tar.zst --rootfs local-zfs:4");
        Result env = machine.sh("pct set 101 --env A=1");
        assertThat(env.exit()).isEqualTo(2);
        assertThat(env.err()).startsWith("Unknown option: env\n400 unable to parse option\n");
        assertThat(machine.sh("pct set 101 --mp0 /srv,mp=/srv,idmap=passthrough")
                        .err())
                .contains("mp0: invalid format - invalid key in comma-separated list property: idmap");
    }

    @Test
    void an_execute_call_sets_several_variables_at_once() {
        Machine machine = Machine.withImage("");
        machine.ok("pct create 101 local:vztmpl/redis.tar --rootfs local-zfs:1");
        Result result = machine.run(
                "pvesh",
                "create",
                "/nodes/pve/execute",
                "--commands",
                "[{\"path\":\"lxc/101/config\",\"method\":\"PUT\",\"args\":{\"env\":\"A=1\\u0000B=2\",\"onboot\":1}},"
                        + "{\"path\":\"lxc/101/config\",\"method\":\"PUT\",\"args\":{\"memory\":1}}]",
                "--output-format",
                "json");
        assertThat(result.out())
                .isEqualTo(
                        "[{\"data\":null,\"status\":200},{\"errors\":{\"memory\":\"value must have a minimum value of"
                                + " 16\"},\"message\":\"Parameter verification failed.\\n\",\"status\":400}]\n");
        assertThat(machine.conf(101)).contains("runtime: A=1\nlxc.environment.runtime: B=2\n", "onboot: 1\n");
    }

    @Test
    void all_wrong_parameters_are_named_in_one_answer() {
        Machine machine = Machine.withImage("");
        machine.ok("pct create 101 local:vztmpl/redis.tar --rootfs local-zfs:1");
        Result result = machine.sh("pct set 101 --memory 1 --cores many --cmode x --net0 bridge=vmbr0");
        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.err()).isEqualTo("""
                400 Parameter verification failed.
                cmode: value 'x' does not have a value in the enumeration 'shell, console, tty'
                cores: type check ('integer') failed - got 'many'
                memory: value must have a minimum value of 16
                net0: invalid format - format error
                net0.name: property is missing and it is not optional

                pct set <vmid> [OPTIONS]
                """);
    }

    @Test
    void a_storage_without_room_for_containers_is_refused() {
        Machine machine = Machine.withImage("");
        Result result = machine.sh("pct create 101 local:vztmpl/redis.tar --rootfs local:1");
        assertThat(result.err()).contains("storage: storage 'local' does not support container directories");
    }

    @Test
    void a_zfs_storage_is_added_and_used_and_forgotten() {
        Machine machine = Machine.withImage("");
        machine.ok("zfs create tank/ct");
        machine.ok("pvesm add zfspool tank-ct --pool tank/ct --content rootdir");
        assertThat(machine.text("/etc/pve/storage.cfg"))
                .endsWith("zfspool: tank-ct\n\tpool tank/ct\n\tcontent rootdir\n");
        machine.ok("pct create 101 local:vztmpl/redis.tar --rootfs tank-ct:8");
        assertThat(machine.ok("zfs get -Hp -o value refquota tank/ct/subvol-101-disk-0"))
                .isEqualTo("8589934592\n");
        assertThat(machine.ok("stat -c %u /tank/ct/subvol-101-disk-0")).isEqualTo("100000\n");
        assertThat(machine.ok("pvesm path tank-ct:subvol-101-disk-0")).isEqualTo("/tank/ct/subvol-101-disk-0\n");
        machine.ok("pvesm remove tank-ct");
        assertThat(machine.text("/etc/pve/storage.cfg")).doesNotContain("tank-ct");
    }

    @Test
    void skopeo_inspects_by_tag_by_digest_and_in_an_archive() {
        Machine machine = Machine.withImage("");
        String digest = machine.ok("skopeo inspect --format {{.Digest}} docker://redis:7")
                .strip();
        assertThat(digest).matches("sha256:[0-9a-f]{64}");
        assertThat(machine.ok("skopeo inspect --config docker://docker.io/library/redis@" + digest))
                .contains("\"Cmd\"", "redis-server");
        assertThat(machine.ok("skopeo inspect --config oci-archive:/var/lib/vz/template/cache/redis.tar"))
                .contains("redis-server");
        assertThat(machine.ok("skopeo list-tags docker://redis")).contains("\"7-alpine\"");
    }

    @Test
    void a_private_image_needs_a_login_and_a_dead_registry_does_not_answer() {
        Machine machine = Machine.of("""
                images:
                  ghcr.io/me/private:1: {access: login, config: {Cmd: [/app]}}
                  registry.lan:5000/app:1: {access: unreachable}
                registries: {ghcr.io: {password: right}}
                """);
        String inspect = "skopeo inspect --authfile /root/auth.json docker://ghcr.io/me/private:1";
        assertThat(machine.sh(inspect).err()).contains("unauthorized: authentication required");
        assertThat(login(machine, "wrong").exit()).isEqualTo(1);
        assertThat(login(machine, "right").out()).isEqualTo("Login Succeeded!\n");
        machine.ok(inspect);
        assertThat(machine.sh("skopeo inspect docker://registry.lan:5000/app:1").err())
                .contains("no such host");
        assertThat(machine.sh("skopeo inspect --nosuch docker://x:1").err()).contains("unknown flag: --nosuch");
    }

    private static Result login(Machine machine, String password) {
        Command command = Command.changes(
                        "skopeo", "login", "--authfile", "/root/auth.json", "-u", "me", "--password-stdin", "ghcr.io")
                .withStdin(Bytes.utf8(password));
        try {
            return machine.host().run(command);
        } catch (dev.tengil.host.HostException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void a_template_is_listed_downloaded_once_and_removed() {
        Machine machine = Machine.of("templates: {available: [debian-13-standard_13.1-2_amd64.tar.zst]}");
        assertThat(machine.ok("pveam available --section system"))
                .isEqualTo("system          debian-13-standard_13.1-2_amd64.tar.zst\n");
        String download = "pveam download local debian-13-standard_13.1-2_amd64.tar.zst";
        assertThat(machine.ok(download)).contains("checksum verified");
        assertThat(machine.ok(download)).contains("no need to download");
        assertThat(machine.ok("pveam list local")).contains("local:vztmpl/debian-13-standard_13.1-2_amd64.tar.zst");
        assertThat(machine.sh("pveam download local nosuch.tar.zst").err()).contains("template: no such template");
        machine.ok("pveam remove local:vztmpl/debian-13-standard_13.1-2_amd64.tar.zst");
        assertThat(machine.ok("pveam list local")).doesNotContain("debian");
    }

    @Test
    void the_next_free_number_leaves_out_containers_and_virtual_machines() {
        Machine machine = Machine.of("containers: {100: {}}");
        machine.write("/etc/pve/nodes/pve/qemu-server/101.conf", "memory: 512\n");
        assertThat(machine.ok("pvesh get /cluster/nextid --output-format json")).isEqualTo("\"102\"\n");
    }

    @Test
    void a_pool_takes_a_container_once_and_loses_it_when_it_is_destroyed() {
        Machine machine = Machine.withImage("");
        machine.ok("pvesh create /pools --poolid lab");
        machine.ok("pct create 101 local:vztmpl/redis.tar --rootfs local-zfs:1 --pool lab");
        assertThat(machine.sh("pvesh set /pools --poolid lab --vms 101").exit()).isNotZero();
        machine.ok("pct destroy 101");
        assertThat(machine.ok("pvesh get /pools --poolid lab --output-format json"))
                .isEqualTo("[{\"members\":[],\"poolid\":\"lab\"}]\n");
    }
}
