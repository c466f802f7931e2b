package dev.tengil.host.sim;

import dev.tengil.host.Command;
import java.io.IOException;
import java.util.List;

/**
 * The machines on which the recordings were made, as worlds. Recordings that were made one behind the other on one machine are a chain
 * and share a world.
 */
final class Recordings {

    private static final String STORAGE = """
            storage.cfg: |
              dir: local
              \tpath /var/lib/vz
              \tcontent rootdir,vztmpl,iso,backup,snippets,images

              zfspool: tank-ct
              \tpool tank/ct
              \tcontent rootdir,images
            """;

    private static final String LAB = """
            node: pvelab
            cpus: 2
            memory: 4G
            bridges: {vmbr0: {cidr: 10.0.2.15/24, gateway: 10.0.2.2, ports: eth0, prefix6: "fec0::/64"}}
            images:
              localhost:5000/demo/app:latest: &app
                size: 1127424
                binary: false
                ignores-stop: true
                config:
                  Env: ['PATH=/usr/bin:/bin', 'APP_MODE=default', 'GREETING=hello world']
                  Entrypoint: [/bin/sh, /app/run.sh]
                  Cmd: [--port, '8080']
                  WorkingDir: /app
                  Volumes: {/config: {}, /data: {}}
              localhost:5000/demo/app:bare:
                size: 1127424
                binary: false
                ignores-stop: true
                config:
                  WorkingDir: /app
                  Volumes: {/config: {}, /data: {}}
              localhost:5000/demo/app:user:
                size: 1127424
                binary: false
                ignores-stop: true
                config:
                  Entrypoint: [/bin/sh, /app/run.sh]
                  Cmd: [--port, '8080']
                  WorkingDir: /app
                  User: app
                users: {app: '1000:1001:2000'}
              localhost:5000/demo/app:1.0: *app
              localhost:5000/demo/app:conf: {directories: [/config, /media], REST}
              localhost:5000/demo/app:seed: {files: {/seed/default.ini: "default=1\\n"}, REST}
            """.replace(
                    "REST",
                    "size: 1127424, binary: false, ignores-stop: true, config: {Env: ['PATH=/usr/bin:/bin', 'APP_MODE=default',"
                            + " 'GREETING=hello world'], Entrypoint: [/bin/sh, /app/run.sh], Cmd: [--port, '8080'],"
                            + " WorkingDir: /app, Volumes: {/config: {}, /data: {}}}");

    /** A machine with ZFS. */
    private static final String VM = LAB + STORAGE + """
            packages: {zfsutils-linux: 2.3.9-0+deb13u1, pve-qemu-kvm: null}
            pools: {tank: {size: 7G}}
            datasets: {tank: {properties: {mountpoint: /tank}}, tank/ct: {}, tank/media: {}}
            """;

    /** A machine without ZFS that cannot reach the internet. */
    private static final String NATIVE = LAB + """
            storage.cfg: ''
            packages: {zfsutils-linux: 2.3.9-0+deb13u1}
            pools: {tank: {size: 7G}}
            templates: {unreachable: true}
            files:
              /srv: {directory: true}
            """;

    private Recordings() {}

    /**
     * The line as it is replayed: a call of the API from Perl is the same call through pvesh, and lxc-attach, which tengil never sends, is
     * what pct exec runs.
     */
    static String said(String line) {
        if (line.startsWith("perl -e")) {
            return "pvesh create /nodes/pvelab/execute --commands '[{\"path\":\"lxc/101/config\",\"method\":\"PUT\",\"args\":"
                    + "{\"env\":\"A=1\\u0000B=two words\\u0000C=\"}}]' > /dev/null"
                    + line.substring(line.indexOf("; grep"));
        }
        return line.replaceAll("lxc-attach -n (\\d+) --", "pct exec $1 --");
    }

    /**
     * What was recorded on one machine.
     *
     * @param before commands that had been run before, and were not recorded
     */
    record Chain(String world, List<String> before, List<String> names) {

        SimulatedHost host() throws IOException {
            SimulatedHost host = SimulatedHost.inMemory(world, Faults.none()).orThrow();
            for (String line : before) {
                host.run(Command.changes(line.split(" ", -1)));
            }
            return host;
        }
    }

    static List<Chain> all() throws IOException {
        String copy =
                "skopeo copy docker://localhost:5000/demo/app:%s oci-archive:/var/lib/vz/template/cache/app_%s.tar";
        List<String> pulled = List.of(
                copy.formatted("1.0", "1.0"),
                copy.formatted("bare", "bare"),
                copy.formatted("user", "user"),
                copy.formatted("conf", "conf"),
                copy.formatted("seed", "seed"));
        return List.of(
                new Chain(ZFS, List.of(), List.of("01-zfs")),
                new Chain(
                        VM.replaceAll("(?m)^  localhost:5000/demo/app:(conf|seed):.*\n", ""),
                        List.of(),
                        List.of(
                                "02-oci-pull",
                                "03-pct-create-env-bind",
                                "04-pvesh-create-errors",
                                "05-vm-lifecycle",
                                "14-vm-start-hostmanaged-zfsbusy")),
                new Chain(shares(), List.of(), List.of("06-samba", "07-nfs")),
                new Chain(NATIVE, pulled.subList(0, 3), List.of("08-native-pct-pvesh")),
                new Chain(
                        NATIVE + """
                                  /srv/cfgroot: {directory: true}
                                  /srv/cfgmapped: {directory: true, owner: 100000:100000}
                                  /srv/cfgmapped/mine: "mine\\n"
                                  /srv/cfgro: {directory: true, owner: 100000:100000}
                                  /srv/media1: {directory: true}
                                  /srv/s1: {directory: true, owner: 100000:100000}
                                  /srv/s1/default.ini: "mine=1\\n"
                                  /srv/s2: {directory: true, owner: 100000:100000}
                                  /srv/s2/default.ini: "mine=1\\n"
                                """,
                        plus(pulled, "pct create 160 local:vztmpl/app_1.0.tar --rootfs local:1"),
                        List.of("11-native-bind-during-extract", "12-native-bind-overwrites-host-files")),
                new Chain(
                        NATIVE,
                        plus(
                                pulled,
                                "pct create 195 local:vztmpl/app_1.0.tar --rootfs local:1",
                                "pct create 196 local:vztmpl/app_bare.tar --rootfs local:1"),
                        List.of("13-native-http-api-nul-env")),
                new Chain(VM, pulled.subList(0, 3), List.of("19-vm-update-u1", "20-vm-idmap-pending")),
                new Chain(VM, pulled.subList(0, 3), List.of("21-vm-idmap-ranges")));
    }

    private static List<String> plus(List<String> some, String... more) {
        return java.util.stream.Stream.concat(some.stream(), java.util.Arrays.stream(more))
                .toList();
    }

    private static final String ZFS = """
            packages: {zfsutils-linux: 2.3.9-0+deb13u1}
            pools: {tank: {size: '16642998272'}}
            datasets:
              tank: {properties: {mountpoint: /tank, compression: 'on', xattr: 'on', acltype: posix}}
              tank/ct: {}
              tank/media: {}
            """;

    private static String shares() throws IOException {
        String smb = Transcript.named("06-samba").entries().getFirst().stdout();
        String exports = Transcript.named("07-nfs").entries().get(1).stdout();
        return """
                packages: {samba: '2:4.22.11+dfsg-0+deb13u1', nfs-kernel-server: '1:2.8.3-1', zfsutils-linux: 2.3.9-0+deb13u1}
                pools: {tank: {size: '16642998272'}}
                datasets:
                  tank: {properties: {mountpoint: /tank}}
                  tank/media: {properties: {acltype: posix}}
                files:
                  /etc/samba/smb.conf: |
                """ + smb.indent(4) + "  /etc/exports: |\n" + exports.indent(4);
    }
}
