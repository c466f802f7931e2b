package dev.tengil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tengil.host.Command;
import dev.tengil.host.FileWrite;
import dev.tengil.host.Host;
import dev.tengil.host.HostException;
import dev.tengil.host.HostFile;
import dev.tengil.host.LocalHost;
import dev.tengil.host.Result;
import dev.tengil.host.sim.Faults;
import dev.tengil.host.sim.SimulatedHost;
import dev.tengil.model.HostPath;
import dev.tengil.oci.TestCertificates;
import dev.tengil.oci.TestImage;
import dev.tengil.oci.TestLayer;
import dev.tengil.oci.TestRegistry;
import dev.tengil.oci.image.Digest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From an image in a real registry to a container on a simulated host, and on to a newer one. */
class RealRegistryTest {

    private static final String PASSWORD = "c4n4ry-p4ssw0rd";

    @TempDir
    static Path registries;

    private static TestCertificates certificates;
    private static TestRegistry open;
    private static TestRegistry locked;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() throws Exception {
        certificates = TestCertificates.make(registries);
        open = TestRegistry.plain(registries);
        locked = open.withPassword(certificates, "anna", PASSWORD);
    }

    @AfterAll
    static void stop() {
        open.close();
        locked.close();
    }

    private static TestImage app(String version) {
        return TestImage.of(
                "amd64",
                run -> {
                    run.add("Entrypoint", TestImage.list("/bin/app"));
                    run.add("Env", TestImage.list("VERSION=" + version));
                },
                layer(Map.of("etc/os-release", "NAME=x\nID=debian\n", "bin/sh", "#!")));
    }

    private static TestLayer layer(Map<String, String> files) {
        Map<String, byte[]> bytes = new TreeMap<>();
        files.forEach((name, text) -> bytes.put(name, text.getBytes(StandardCharsets.UTF_8)));
        return TestLayer.gzip(TestLayer.tar(bytes));
    }

    private static TestImage named(String user) {
        return TestImage.of(
                "amd64",
                run -> {
                    run.add("Cmd", TestImage.list("/bin/app"));
                    run.addProperty("User", user);
                },
                layer(Map.of(
                        "etc/os-release", "ID=alpine\n",
                        "bin/sh", "#!",
                        "etc/passwd", "root:x:0:0::/:/bin/sh\nredis:x:1:1::/:/bin/sh\n",
                        "etc/group", "root:x:0:\nredis:x:1:\n")),
                layer(Map.of(
                        "etc/passwd", "root:x:0:0::/:/bin/sh\nredis:x:999:1000::/:/bin/sh\n",
                        "etc/group", "root:x:0:\nredis:x:1000:\nmedia:x:1234:\n")));
    }

    private static Tg.Ran ok(Tg.Ran ran) {
        assertThat(ran.exit()).as(ran.out() + ran.err()).isZero();
        return ran;
    }

    private Tg simulated(String registry) throws Exception {
        Tg tg = new Tg(folder);
        Files.writeString(tg.path("world.yml"), "registries: {\"" + registry + "\": {real: true}}\n");
        ok(tg.say("sim new w --world world.yml"));
        return tg;
    }

    @Test
    void an_image_is_looked_at_pulled_run_and_updated() throws Exception {
        String first = open.push("demo/app", "1.0", app("1.0"));
        open.push("demo/app", "stable", app("1.0"));
        Tg tg = simulated(open.host()).file("""
                registries: {"%1$s": {insecure: true}}
                containers: {app: {image: "%1$s/demo/app:stable"}}
                """.formatted(open.host()));
        assertThat(ok(tg.say("oci info docker://" + open.host() + "/demo/app:1.0"))
                        .out())
                .contains("VERSION=1.0");
        ok(tg.say("apply --yes"));
        assertThat(ok(tg.say("plan")).out()).contains("No changes");
        assertThat(Files.readString(tg.path("tengil.lock"))).contains(first);
        assertThat(tg.onHost("cat /etc/pve/lxc/100.conf").out())
                .contains("VERSION=1.0")
                .contains("ostype: debian");
        assertThat(ok(tg.say("status")).out()).contains("app");
        String second = open.push("demo/app", "stable", app("1.1"));
        assertThat(ok(tg.say("update --check")).out())
                .contains("1 container can be updated")
                .contains("VERSION=1.0 → 1.1");
        ok(tg.say("update app --yes"));
        assertThat(Files.readString(tg.path("tengil.lock"))).contains(second);
        assertThat(tg.onHost("cat /etc/pve/lxc/100.conf").out()).contains("VERSION=1.1");
    }

    @Test
    void a_private_one_with_a_certificate_of_its_own_is_pulled_with_the_login_of_the_file() throws Exception {
        open.push("team/app", "1.0", app("1.0"));
        Tg tg = simulated(locked.host()).with("P", PASSWORD);
        Files.copy(certificates.authority(), tg.path("ca.pem"));
        String file = """
                registries: {"%1$s": {username: anna, password: !secret p%2$s}}
                secrets: {p: {env: P}}
                containers: {app: {image: "%1$s/team/app:1.0"}}
                """;
        assertThat(tg.file(file.formatted(locked.host(), "")).say("plan").err()).contains("error[image.unknown]");
        ok(tg.file(file.formatted(locked.host(), ", ca: ca.pem")).say("apply --yes"));
        assertThat(tg.onHost("cat /etc/pve/lxc/100.conf").out()).contains("VERSION=1.0");
    }

    /** A simulated Proxmox on the network of this machine: registries are asked from here. */
    private Tg networked(List<String> asked) throws Exception {
        return networked(open, asked);
    }

    private Tg networked(TestRegistry registry, List<String> asked) throws Exception {
        SimulatedHost inside = SimulatedHost.inMemory(
                        "registries: {\"" + registry.host() + "\": {real: true, insecure: true}}\n", Faults.none())
                .orThrow();
        return new Tg(folder).host(new Networked(inside, asked));
    }

    private static String file(String tag) {
        return file(open, tag);
    }

    private static String file(TestRegistry registry, String tag) {
        return """
                registries: {"%1$s": {insecure: true}}
                pools: {tank: {datasets: {docs: {owner: "1000:1000"}}}}
                containers: {app: {image: "%1$s/demo/named:%2$s", volumes: ['/tank/docs:/docs']}}
                """.formatted(registry.host(), tag);
    }

    @Test
    void planning_asks_the_registry_and_starts_nothing_for_it_on_the_host() throws Exception {
        open.push("demo/app", "1.0", app("1.0"));
        List<String> asked = new ArrayList<>();
        Tg tg = networked(asked).file("""
                registries: {"%1$s": {insecure: true}}
                containers: {app: {image: "%1$s/demo/app:1.0"}, two: {image: "%1$s/demo/app:1.0"}}
                """.formatted(open.host()));
        assertThat(ok(tg.say("plan")).out()).contains("container:app");
        assertThat(asked).noneMatch(line -> line.contains("skopeo inspect"));
        assertThat(asked.stream().filter(line -> line.startsWith("uname"))).hasSize(1);
        ok(tg.say("apply --yes"));
        asked.clear();
        open.push("demo/app", "1.0", app("1.1"));
        assertThat(ok(tg.say("update --check")).out()).contains("VERSION=1.0 → 1.1");
        ok(tg.say("plan"));
        assertThat(asked).noneMatch(line -> line.contains("skopeo inspect"));
    }

    @Test
    void a_user_with_a_name_gets_its_number_from_the_image_once() throws Exception {
        Tg tg;
        try (TestRegistry registry = TestRegistry.plain(Files.createDirectory(folder.resolve("registry")))) {
            registry.push("demo/named", "1", named("redis"));
            tg = networked(registry, new ArrayList<>()).file(file(registry, "1"));
            assertThat(ok(tg.say("plan --commands")).out()).contains("idmap=u:999:999:2;g:1000:1000:1");
            ok(tg.say("apply --yes"));
        }
        assertThat(ok(tg.say("plan")).out()).contains("No changes");
        assertThat(ok(tg.say("state show --json")).out()).contains("999:1000");
    }

    @Test
    void a_group_with_a_name_counts_and_a_name_that_is_not_there_stops_the_plan() throws Exception {
        open.push("demo/named", "2", named("redis:media"));
        open.push("demo/named", "3", named("1000:media"));
        open.push("demo/named", "4", named("nemo"));
        open.push("demo/named", "5", named("redis:nemo"));
        List<String> asked = new ArrayList<>();
        Tg tg = networked(asked);
        assertThat(ok(tg.file(file("2")).say("plan --commands")).out())
                .contains("u:999:999:2")
                .contains("g:1234:1234:1");
        assertThat(ok(tg.file(file("3")).say("plan --commands")).out()).contains("g:1234:1234:1");
        for (String tag : List.of("4", "5")) {
            Tg.Ran ran = tg.file(file(tag)).say("plan");
            assertThat(ran.exit()).isEqualTo(3);
            assertThat(ran.err())
                    .contains("error[container.user-unknown]")
                    .contains("does not have the name \"nemo\", and Proxmox would start it as root");
        }
    }

    @Test
    void a_tag_that_moves_after_the_plan_was_made_does_not_move_what_is_pulled() throws Exception {
        String planned = open.push("demo/moving", "1", app("1.0"));
        Tg tg = networked(new ArrayList<>()).file("""
                registries: {"%1$s": {insecure: true}}
                containers: {app: {image: "%1$s/demo/moving:1"}}
                """.formatted(open.host()));
        ok(tg.say("update --all --update-lock"));
        open.push("demo/moving", "1", app("1.1"));
        ok(tg.say("apply --yes"));
        assertThat(Files.readString(tg.path("tengil.lock"))).contains(planned);
        assertThat(ok(tg.say("state show --json")).out()).contains(planned);
    }

    @Test
    void what_cannot_be_run_is_said_before_anything_is_changed() throws Exception {
        open.push("demo/bad", "arm", TestImage.of("arm64", run -> {}, layer(Map.of("bin/sh", "#!"))));
        open.push("demo/bad", "evil", TestImage.of(run -> run.add("Env", TestImage.list("A=b\nlxc.hook.start=/x"))));
        for (String[] each : new String[][] {
            {"arm", "does not exist for linux/amd64: it exists for linux/arm64"},
            {"evil", "error[image.control-characters]"},
            {"nothing", "error[image.unknown]"},
        }) {
            List<String> asked = new ArrayList<>();
            Tg.Ran ran =
                    networked(asked).file("""
                    registries: {"%1$s": {insecure: true}}
                    containers: {app: {image: "%1$s/demo/bad:%2$s"}}
                    """.formatted(open.host(), each[0])).say("apply --yes");
            assertThat(ran.exit()).as(ran.err()).isEqualTo(3);
            assertThat(ran.err()).contains(each[1]);
            assertThat(asked).noneMatch(line -> line.contains("skopeo copy") || line.contains("pct create"));
        }
    }

    @Test
    void a_layer_that_was_spoiled_in_the_registry_fails_the_pull_and_nothing_is_made() throws Exception {
        TestImage image = app("spoiled");
        open.push("demo/spoiled", "1", image);
        Path layer = open.blob(Digest.of(image.layers().getFirst().blob()));
        byte[] good = Files.readAllBytes(layer);
        try {
            byte[] other = good.clone();
            other[other.length - 9] ^= 1;
            Files.write(layer, other);
            List<String> asked = new ArrayList<>();
            Tg.Ran ran = networked(asked).file("""
                    registries: {"%1$s": {insecure: true}}
                    containers: {app: {image: "%1$s/demo/spoiled:1"}}
                    """.formatted(open.host())).say("apply --yes");
            assertThat(ran.exit()).isEqualTo(5);
            assertThat(ran.out()).contains("skopeo failed");
            assertThat(asked).noneMatch(line -> line.startsWith("pct create"));
        } finally {
            Files.write(layer, good);
        }
    }

    @Test
    void without_a_volume_that_hangs_on_it_no_layer_is_read() throws Exception {
        TestImage image = named("redis");
        open.push("demo/named", "6", image);
        Path layer = open.blob(Digest.of(image.layers().getLast().blob()));
        byte[] good = Files.readAllBytes(layer);
        try {
            Files.write(layer, new byte[] {1, 2, 3});
            Tg tg = networked(new ArrayList<>());
            ok(tg.file(file("6").replace(", volumes: ['/tank/docs:/docs']", "")).say("plan"));
            Tg.Ran ran = tg.file(file("6")).say("plan");
            assertThat(ran.exit()).isEqualTo(3);
            assertThat(ran.err()).contains("error[container.user-unknown]");
        } finally {
            Files.write(layer, good);
        }
    }

    /** A simulated host whose network is ours. */
    private record Networked(SimulatedHost inside, List<String> asked) implements Host {

        @Override
        public String name() {
            return "networked";
        }

        @Override
        public Network network() {
            return Network.OURS;
        }

        @Override
        public Result run(Command command) throws HostException {
            return run(command, line -> {});
        }

        @Override
        public Result run(Command command, Consumer<String> eachLine) throws HostException {
            synchronized (asked) {
                asked.add(String.join(" ", command.argv()));
            }
            if (command.program().equals("uname")) {
                try (LocalHost here = new LocalHost()) {
                    return here.run(command);
                }
            }
            return inside.run(command, eachLine);
        }

        @Override
        public SortedMap<HostPath, HostFile> read(Collection<HostPath> paths) throws HostException {
            return inside.read(paths);
        }

        @Override
        public void write(FileWrite file) throws HostException {
            inside.write(file);
        }

        @Override
        public void remove(HostPath file) throws HostException {
            inside.remove(file);
        }

        @Override
        public LockAttempt lock(HostPath stateDirectory, String holder, Duration patience) throws HostException {
            return inside.lock(stateDirectory, holder, patience);
        }

        @Override
        public void close() {
            // the test's own, for many commands
        }
    }
}
