package dev.tengil.cli;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/**
 * Files as people might write them, and hosts as they might find them. Each part is a handful of optional lines, so that a failing case
 * shrinks to the lines that matter.
 */
public final class RandomHomelab {

    private RandomHomelab() {}

    private static final List<String> DATASETS = List.of("a", "a/b", "media", "docs", "x");
    private static final List<String> CONTAINERS = List.of("web", "app", "db");

    /** A whole tengil.yml. */
    static Arbitrary<String> file() {
        return Combinators.combine(
                        some(users()),
                        Arbitraries.subsetOf(DATASETS),
                        dataset().list().ofSize(DATASETS.size()),
                        Arbitraries.subsetOf(CONTAINERS),
                        container().list().ofSize(CONTAINERS.size()),
                        Arbitraries.integers()
                                .between(0, DATASETS.size())
                                .list()
                                .ofSize(CONTAINERS.size()))
                .as(RandomHomelab::text);
    }

    /** One without containers, which a machine without Proxmox can have. */
    public static Arbitrary<String> nas() {
        return Combinators.combine(
                        users(),
                        Arbitraries.subsetOf(DATASETS),
                        dataset().list().ofSize(DATASETS.size()))
                .as((users, datasets, lines) -> text(users, datasets, lines, java.util.Set.of(), List.of(), List.of()));
    }

    private static String text(
            String users,
            java.util.Set<String> datasets,
            List<List<String>> datasetLines,
            java.util.Set<String> containers,
            List<List<String>> containerLines,
            List<Integer> homes) {
        StringBuilder text = new StringBuilder("version: 3\nsecrets: {pw: {generate: 16}}\n").append(users);
        List<String> names = DATASETS.stream().filter(datasets::contains).toList();
        StringBuilder top = new StringBuilder();
        StringBuilder pools = new StringBuilder();
        for (int i = 0; i < names.size(); i++) {
            pools.append("      ").append(names.get(i)).append(":\n        description: some data\n");
            int at = DATASETS.indexOf(names.get(i));
            datasetLines
                    .get(at)
                    .forEach(line -> pools.append("        ")
                            .append(line.replace("NAME", "S" + at))
                            .append('\n'));
            StringBuilder here = new StringBuilder();
            for (int c = 0; c < CONTAINERS.size(); c++) {
                if (containers.contains(CONTAINERS.get(c)) && homes.get(c) == i) {
                    container(here, "          ", c, containerLines.get(c), true);
                }
            }
            if (!here.isEmpty()) {
                pools.append("        containers:\n").append(here);
            }
        }
        for (int c = 0; c < CONTAINERS.size(); c++) {
            if (containers.contains(CONTAINERS.get(c)) && homes.get(c) >= names.size()) {
                top.append("  ").append(CONTAINERS.get(c)).append(":\n");
                container(top, "    ", c, containerLines.get(c), false);
            }
        }
        if (!names.isEmpty()) {
            text.append("pools:\n  tank:\n    datasets:\n").append(pools);
        }
        return top.isEmpty()
                ? text.toString()
                : text.append("containers:\n").append(top).toString();
    }

    private static void container(StringBuilder out, String indent, int number, List<String> lines, boolean listed) {
        if (listed) {
            out.append(indent).append("- name: ").append(CONTAINERS.get(number)).append('\n');
        }
        for (String line : lines) {
            if (listed || !line.startsWith("mount:")) {
                out.append(listed ? indent + "  " : indent)
                        .append(line.replace("NUMBER", Integer.toString(50 + number)))
                        .append('\n');
            }
        }
    }

    private static Arbitrary<List<String>> dataset() {
        return lines(
                List.of(
                        line("profile: media", "profile: documents", "profile: database", "profile: appdata"),
                        line("quota: 10G", "quota: 20G", "quota: none"),
                        line("refquota: 5G"),
                        line("reservation: 1G", "reservation: 2G"),
                        line(
                                "zfs: {recordsize: 64K}",
                                "zfs: {atime: off, compression: zstd-3}",
                                "zfs: {sync: disabled, 'com.example:note': 'a b'}",
                                "zfs: {snapdir: visible, primarycache: metadata}"),
                        line("owner: 1000:1000", "owner: 1001", "owner: root"),
                        line("mode: 2775", "mode: 0750", "mode: 755"),
                        line("acl: ['u:1001:rwx']", "acl: ['g:1002:rx', 'd:g:1002:rx']"),
                        line("owner_enforce: true"),
                        line("protect: false"),
                        line("mountpoint: /srv/NAME"),
                        line(
                                "shares: {smb: NAME}",
                                "shares: {smb: {name: NAME, readonly: true, guest_ok: true}}",
                                "shares: {smb: {name: NAME, users: [anna], comment: 'it is 100 mine'}}",
                                "shares: {nfs: {clients: [{host: 192.168.1.0/24, access: rw}]}}",
                                "shares: {nfs: {clients: [{host: 10.0.0.5, access: ro}]}, smb: {name: NAME, groups: [family]}}")));
    }

    private static Arbitrary<List<String>> container() {
        return Arbitraries.oneOf(
                lines(List.of(
                        always("template: debian-13-standard", "template: debian-12-standard"),
                        line("features: [nesting, keyctl]", "features: [nesting]"),
                        line("requires_docker: true"),
                        common())),
                lines(List.of(
                        always("image: docker.io/library/redis:7"),
                        line("user: '1000:1000'", "user: '1001'"),
                        line("entrypoint: [/bin/app, --verbose]"),
                        line("command: [serve, --port, '80']"),
                        line("workdir: /srv"),
                        common())));
    }

    private static Arbitrary<String> common() {
        return lines(List.of(
                        line("mount: /data"),
                        line(
                                "volumes: ['/tank/media:/media:ro']",
                                "volumes: ['/tank/docs/in:/in', '/srv/isos:/isos:ro']"),
                        line("env: {TZ: UTC, MODE: fast}", "env: {MODE: 'slow and steady', PUID: 1000, PGID: 1000}"),
                        line("env_file: []"),
                        line("cores: 2", "cores: 1"),
                        line("cpulimit: 1.5"),
                        line("memory: 1G", "memory: 768"),
                        line("swap: 0", "swap: 512M"),
                        line("disk: 8G", "disk: 10G"),
                        line("tags: [home, z]", "tags: [home]"),
                        line("description: 'one, two: three'"),
                        line("onboot: false", "onboot: true"),
                        line("state: stopped", "state: running"),
                        line("startup: {order: 2, up: 5}", "startup: 3"),
                        line(
                                "network: {ip: 192.168.1.NUMBER/24, gateway: 192.168.1.1}",
                                "network: {ip: dhcp, vlan: 20, firewall: true}",
                                "network: {mtu: 1400, nameserver: 1.1.1.1, searchdomain: home.lan}"),
                        line("ports: [8080]", "ports: ['53/udp', 80]"),
                        line("timezone: host"),
                        line("hostname: box-NUMBER"),
                        line("protect: false"),
                        line("devices: [/dev/ttyUSB0]"),
                        line("gpu: intel"),
                        line("post_install: ['echo done']")))
                .map(all -> String.join("\n", all));
    }

    private static Arbitrary<String> users() {
        return Arbitraries.of(
                "users: {anna: {uid: 1001, smb_password: {secret: pw}}}\ngroups: {family: {gid: 1002}}\n",
                "users: {anna: {uid: 1001, groups: [family]}, bob: {uid: 1003}}\ngroups: {family: {gid: 1002}}\n");
    }

    /** A whole world.yml. */
    static Arbitrary<String> world() {
        Arbitrary<String> base = Arbitraries.of(
                "",
                "",
                "packages: {pve-manager: 9.1.1, pve-container: 6.0.18}\n",
                "packages: {pve-manager: 8.4.1, pve-container: 5.3.0}\n");
        return Combinators.combine(
                        base, some(Arbitraries.of("""
                                datasets:
                                  tank/a: {properties: {compression: gzip}, owner: 1000:1000}
                                  tank/media: {properties: {recordsize: 16K, quota: 1T}, mode: 755}
                                """, "datasets: {tank/docs: {}}\n")), some(Arbitraries.of("""
                                containers:
                                  100: {running: true, conf: "hostname: old\\nmemory: 512\\nrootfs: local-zfs:subvol-100-disk-0,size=8G\\n"}
                                """)))
                .as((packages, datasets, containers) -> packages + datasets + containers
                        + "devices: [/dev/ttyUSB0, /dev/dri/renderD128, /dev/dri/card0]\n"
                        + "files: {/srv/isos: {directory: true}}\n");
    }

    private static Arbitrary<String> some(Arbitrary<String> text) {
        return text.injectNull(0.4).map(value -> value == null ? "" : value);
    }

    private static Arbitrary<List<String>> lines(List<Arbitrary<String>> each) {
        return Combinators.combine(each).as(all -> {
            List<String> lines = new ArrayList<>();
            all.forEach(text -> text.lines().forEach(lines::add));
            return lines;
        });
    }

    private static Arbitrary<String> line(String... choices) {
        return Arbitraries.of(choices).optional(0.3).map(choice -> choice.orElse(""));
    }

    private static Arbitrary<String> always(String... choices) {
        return Arbitraries.of(choices);
    }
}
