package dev.tengil.resource.facts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tengil.host.Command;
import dev.tengil.host.Host;
import dev.tengil.host.LocalHost;
import dev.tengil.host.Result;
import dev.tengil.model.ImageReference;
import dev.tengil.model.Parsed;
import dev.tengil.oci.Registries;
import dev.tengil.oci.RegistryClient;
import dev.tengil.oci.TestImage;
import dev.tengil.oci.TestIndex;
import dev.tengil.oci.TestRegistry;
import dev.tengil.oci.credentials.Keychain;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is asked about an image: the registry itself, and the host only where that does not get there. */
class RegistrySourceTest {

    private static final String SKOPEO_SAYS = "time=\"2026-01-01T00:00:00Z\" level=fatal msg=\"Error parsing image name"
            + " \\\"docker://x\\\": pinging container registry: %s\"";

    @TempDir
    static Path folder;

    private static TestRegistry open;
    private static TestRegistry locked;
    private static String digest;

    @BeforeAll
    static void start() throws Exception {
        open = TestRegistry.plain(folder);
        locked = open.withPassword("anna", "secret");
        digest = open.push(
                "demo/app",
                "1.0",
                TestIndex.of(
                        TestImage.of(run -> run.add("Cmd", TestImage.list("/amd64"))),
                        TestImage.of("arm64", run -> run.add("Cmd", TestImage.list("/arm64")))));
    }

    @AfterAll
    static void stop() {
        open.close();
        locked.close();
    }

    private static ScriptedHost host(Host.Network network, String machine, ScriptedHost.Answers skopeo) {
        return new ScriptedHost(
                network,
                command -> command.program().equals("uname") ? Result.of(0, machine + "\n", "") : skopeo.to(command));
    }

    private static Result fails(String reason) {
        return Result.of(1, "", SKOPEO_SAYS.formatted(reason));
    }

    private static ImageSource source(ScriptedHost host) {
        Registries registries = new Registries(List.of(insecure(open.host()), insecure(locked.host())));
        return new RegistrySource(new RegistryClient(registries, Keychain.empty()), host, new SkopeoSource(host));
    }

    private static dev.tengil.oci.Registry insecure(String host) {
        return new dev.tengil.oci.Registry(host, null, null, true, null);
    }

    private static ImageReference closed() throws Exception {
        try (ServerSocket socket = new ServerSocket(0)) {
            return ImageReference.parse("127.0.0.1:" + socket.getLocalPort() + "/demo/app:1.0")
                    .orThrow();
        }
    }

    private static String reason(Parsed<?> answer) {
        return answer instanceof Parsed.Bad<?>(String reason) ? reason : "there is an answer";
    }

    @Test
    void the_registry_is_asked_from_here_and_for_what_the_host_is() throws Exception {
        for (String[] machine : new String[][] {{"x86_64", "/amd64"}, {"aarch64", "/arm64"}}) {
            ScriptedHost host = host(Host.Network.OURS, machine[0], command -> fails("nobody asks this"));
            ImageSource source = source(host);
            ImageSource.Seen seen = source.image(open.image("demo/app:1.0")).orThrow();
            source.image(open.image("demo/app:1.0")).orThrow();
            assertThat(seen.digest()).isEqualTo(digest);
            assertThat(seen.config().command()).containsExactly(machine[1]);
            assertThat(seen.bytes()).isPositive();
            assertThat(source.tags(open.image("demo/app:1.0")).orThrow()).containsExactly("1.0");
            assertThat(host.asked).containsExactly("uname -m");
        }
    }

    @Test
    void an_image_that_is_made_for_other_machines_is_not_taken() throws Exception {
        ScriptedHost host = host(Host.Network.OURS, "riscv64", command -> fails("nobody asks this"));
        assertThat(reason(source(host).image(open.image("demo/app:1.0"))))
                .contains("does not exist for linux/riscv64: it exists for linux/amd64, linux/arm64");
    }

    @Test
    void what_only_the_host_reaches_is_asked_there() throws Exception {
        ImageReference image = closed();
        LocalHost real = new LocalHost();
        // For that host the name leads to the registry, and its registries.conf says that there is no TLS.
        ScriptedHost host = host(Host.Network.OURS, "x86_64", command -> {
            List<String> words = new ArrayList<>(command.argv());
            words.replaceAll(word -> word.replace(image.registry(), open.host()));
            words.add("--tls-verify=false");
            return real.run(Command.reads(words));
        });
        ImageSource source = source(host);
        assertThat(source.image(image).orThrow().digest()).isEqualTo(digest);
        assertThat(source.tags(image).orThrow()).containsExactly("1.0");
        assertThat(host.asked).anyMatch(line -> line.startsWith("skopeo inspect"));
    }

    @Test
    void the_loopback_address_of_another_machine_is_asked_there_alone() throws Exception {
        ScriptedHost host = host(Host.Network.ANOTHER, "x86_64", command -> fails("manifest unknown"));
        assertThat(reason(source(host).image(open.image("demo/app:1.0")))).isEqualTo("manifest unknown");
        assertThat(host.asked).anyMatch(line -> line.startsWith("skopeo inspect"));
    }

    @Test
    void when_nobody_gets_an_answer_the_reason_is_of_whoever_got_nearer() throws Exception {
        ImageReference nowhere = closed();
        String ours = nowhere.registry() + " cannot be reached";
        for (String[] each : new String[][] {
            {"dial tcp 127.0.0.1:1: connect: connection refused", ours},
            {"dial tcp: lookup registry.lan: no such host", ours},
            {"reading manifest 1.0 in demo/app: manifest unknown", "manifest unknown"},
        }) {
            assertThat(reason(source(host(Host.Network.OURS, "x86_64", command -> fails(each[0])))
                            .image(nowhere)))
                    .isEqualTo(each[1]);
        }
        ScriptedHost without = host(Host.Network.OURS, "x86_64", command -> Result.of(127, "", "skopeo: not found"));
        assertThat(reason(source(without).image(nowhere))).isEqualTo(ours);
    }

    @Test
    void a_login_that_only_the_host_has_is_used_there() throws Exception {
        ScriptedHost host = host(Host.Network.OURS, "x86_64", command -> fails("authentication required"));
        assertThat(reason(source(host).image(locked.image("demo/app:1.0")))).contains(locked.host());
        assertThat(host.asked).anyMatch(line -> line.startsWith("skopeo inspect"));
    }

    @Test
    void what_a_registry_does_not_have_the_host_is_not_asked_for() throws Exception {
        ScriptedHost host = host(Host.Network.OURS, "x86_64", command -> fails("nobody asks this"));
        assertThat(reason(source(host).image(open.image("demo/app:9")))).contains("demo/app:9");
        assertThat(host.asked).containsExactly("uname -m");
    }
}
