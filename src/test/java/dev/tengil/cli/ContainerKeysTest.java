package dev.tengil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tengil.model.Key;
import dev.tengil.resource.container.ContainerKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every key of a container has its effect in Proxmox's own configuration: when the container is made, when the value changes later, and
 * when the key leaves the file. A key without a sample fails the test.
 */
class ContainerKeysTest {

    /** What a key is about that shows nowhere in the container's configuration; each has tests of its own. */
    private static final Set<String> ELSEWHERE = Set.of(
            "name",
            "vmid",
            "image",
            "registry",
            "template",
            "fallback",
            "storage",
            "template_storage",
            "in",
            "env_file",
            "ports",
            "privileged",
            "post_install",
            "depends_on",
            "state",
            "protect",
            "node",
            "pool",
            "mount",
            "readonly",
            "gpu",
            "health",
            "labels",
            "restart",
            "update");

    private static final List<Sample> SAMPLES = List.of(
            new Sample("hostname", "web.lan", "www.lan")
                    .shows("hostname: web.lan", "hostname: www.lan", "hostname: www.lan"),
            new Sample("tags", "[b, Home]", "home").shows("tags: b;home;tengil", "tags: home;tengil", "tags: tengil\n"),
            new Sample("description", "first", "\"second: 100%\\nline\"")
                    .shows("#first\n", "#second%3A 100%25\n#line", "-#second"),
            new Sample("cores", "2", "4").shows("cores: 2", "cores: 4", "-cores"),
            new Sample("cpulimit", "1.5", "2").shows("cpulimit: 1.5", "cpulimit: 2", "-cpulimit"),
            new Sample("memory", "1G", "2048").shows("memory: 1024", "memory: 2048", "memory: 2048"),
            new Sample("swap", "0", "1G").shows("swap: 0", "swap: 1024", "swap: 0"),
            new Sample("disk", "9", "10G").shows("size=9G", "size=10G", "size=10G"),
            new Sample("volumes", "[\"/tank/docs/a:/a\"]", "[\"/tank/docs/b:/b:ro\"]")
                    .shows(": /tank/docs/a,mp=/a", ": /tank/docs/b,mp=/b,ro=1", "-mp=/b"),
            new Sample("env", "{A: 1}", "[\"A=1.10\"]").shows("A=1\n", "A=1.10\n", "-A=1"),
            new Sample("env", "{A: \"\"}", "{A: \"\", B: 1}").shows("A=\n", "B=1\n", "-A="),
            new Sample("user", "1000:1001", "\"1002\"")
                    .shows("lxc.init.uid: 1000", "lxc.init.uid: 1002", "-lxc.init.uid"),
            new Sample("workdir", "/srv", "/opt").shows("lxc.init.cwd: /srv", "lxc.init.cwd: /opt", "-/opt"),
            new Sample("entrypoint", "[/bin/a, b c]", "/bin/b")
                    .shows("entrypoint: /bin/a \"b c\"", "entrypoint: /bin/b", "-/bin/b"),
            new Sample("command", "one two", "[three]").shows("one two\n", "three\n", "-three"),
            new Sample("network", "{ip: 192.168.1.9/24, gateway: 192.168.1.1}", "{ip: 192.168.1.10/24}")
                    .shows("gw=192.168.1.1", "ip=192.168.1.10/24", "ip=dhcp"),
            new Sample("network", "{ip6: \"fd00::5/64\", vlan: 5}", "{ip6: dhcp, tag: 6}")
                    .shows("ip6=fd00::5/64", "tag=6", "ip=dhcp"),
            new Sample("network", "{firewall: true, mtu: 1400}", "{firewall: false, mtu: 1500}")
                    .shows("firewall=1", "mtu=1500", "ip=dhcp"),
            new Sample(
                            "network",
                            "{nameserver: 9.9.9.9, searchdomain: lan}",
                            "{nameserver: 1.1.1.1 9.9.9.9, searchdomain: home.lan}")
                    .shows("nameserver: 9.9.9.9", "nameserver: 1.1.1.1 9.9.9.9", "-nameserver"),
            new Sample("network", "{mac: \"BC:24:11:00:00:01\"}", "{mac: \"BC:24:11:00:00:02\"}")
                    .shows("BC:24:11:00:00:01", "BC:24:11:00:00:02", "hwaddr="),
            new Sample("network", "{host_managed: true}", "{host_managed: false}")
                    .shows("host-managed=1", "net0: ", "net0: "),
            new Sample("network", "{bridge: vmbr0}", "{bridge: vmbr1}")
                    .shows("bridge=vmbr0", "bridge=vmbr1", "bridge=vmbr0"),
            new Sample("devices", "[/dev/ttyUSB0]", "[/dev/net/tun]").shows("/dev/ttyUSB0", "/dev/net/tun", "-dev0"),
            new Sample("features", "[fuse, nesting]", "{nesting: true, mount: nfs;cifs}")
                    .shows("fuse=1", "mount=nfs;cifs", "-nfs"),
            new Sample("requires_docker", "true", "false").shows("keyctl=1", "-keyctl", "-keyctl"),
            new Sample("startup", "3", "{order: 4, up: 10, down: 20}")
                    .shows("startup: order=3", "startup: order=4,down=20,up=10", "-startup"),
            new Sample("onboot", "false", "true").shows("onboot: 0", "onboot: 1", "onboot: 1"),
            new Sample("timezone", "Europe/Berlin", "UTC")
                    .shows("timezone: Europe/Berlin", "timezone: UTC", "-timezone"));

    @TempDir
    Path folder;

    /**
     * A key with a value and with another, and what the configuration then says; with - in front what it does not say.
     *
     * @param gone what it says when the key left the file
     */
    private record Sample(String key, String first, String second, String before, String after, String gone) {
        Sample(String key, String first, String second) {
            this(key, first, second, "", "", "");
        }

        Sample shows(String made, String changed, String left) {
            return new Sample(key, first, second, made, changed, left);
        }

        boolean fits(String origin) {
            return !key.equals("user") || origin.startsWith("image");
        }
    }

    @Test
    void every_key_has_a_sample() {
        Set<String> known = new TreeSet<>(ELSEWHERE);
        SAMPLES.forEach(sample -> known.add(sample.key()));
        Set<String> keys = new TreeSet<>();
        for (Key<?> key : ContainerKeys.SHAPE.keys().get()) {
            if (key.support() == Key.Support.NOW && key.instead() == null) {
                keys.add(key.name());
            }
        }
        assertThat(known).isEqualTo(keys);
    }

    @TestFactory
    Stream<DynamicTest> a_key_has_its_effect_when_made_when_changed_and_when_gone() {
        return Stream.of("template: debian-13-standard", "image: redis:7")
                .flatMap(origin -> SAMPLES.stream()
                        .filter(sample -> sample.fits(origin))
                        .map(sample -> DynamicTest.dynamicTest(
                                origin.substring(0, 5) + " " + sample.key() + " " + sample.first(),
                                () -> check(origin, sample))));
    }

    private void check(String origin, Sample sample) throws IOException {
        Tg tg = new Tg(Files.createTempDirectory(folder, "k"));
        Files.writeString(tg.path("world.yml"), WORLD);
        assertThat(tg.run("sim", "new", "w", "--world", tg.path("world.yml").toString())
                        .exit())
                .isZero();
        assertThat(applied(tg, file(origin, sample.key() + ": " + sample.first()), sample.before()))
                .contains("+ container:web");
        assertThat(applied(tg, file(origin, sample.key() + ": " + sample.second()), sample.after()))
                .containsPattern("[~↻] container:web");
        applied(tg, file(origin, "protect: true"), sample.gone());
    }

    /** The plan that was carried out; the configuration then says this, and nothing is left to do. */
    private static String applied(Tg tg, String file, String shown) throws IOException {
        String plan = tg.file(file).say("plan").out();
        Tg.Ran ran = tg.say("apply --yes");
        String conf = tg.onHost("cat /etc/pve/lxc/100.conf").out();
        assertThat(ran.exit()).as(file + ran.out() + ran.err()).isZero();
        assertThat(conf).as(file + ran.out()).doesNotContain("[pve:pending]");
        if (shown.startsWith("-")) {
            assertThat(conf).as(file).doesNotContain(shown.substring(1));
        } else {
            assertThat(conf).as(file).contains(shown);
        }
        assertThat(tg.say("plan").out()).as(file + conf).startsWith("No changes.");
        return plan;
    }

    private static String file(String origin, String line) {
        return """
                pools:
                  tank:
                    datasets:
                      docs:
                        containers:
                          - name: web
                            mount: /docs
                            %s
                            %s
                """.formatted(origin, line);
    }

    private static final String WORLD = """
            devices: [/dev/ttyUSB0, /dev/net/tun]
            bridges: {vmbr0: {cidr: 192.168.1.10/24, gateway: 192.168.1.1}, vmbr1: {cidr: 10.0.0.1/24}}
            """;
}
