package dev.tengil.oci;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tengil.model.ImageReference;
import dev.tengil.oci.credentials.Keychain;
import dev.tengil.oci.image.Digest;
import dev.tengil.oci.image.Platform;
import dev.tengil.oci.image.RemoteImage;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds the client to a real registry. */
class RegistryClientTest {

    @TempDir
    static Path directory;

    private static TestRegistry registry;
    private static RegistryClient client;

    @BeforeAll
    static void start() throws Exception {
        registry = TestRegistry.plain(directory);
        client = new RegistryClient(
                new Registries(List.of(new Registry(registry.host(), null, null, true, null))), Keychain.empty());
    }

    @AfterAll
    static void stop() {
        if (registry != null) {
            client.close();
            registry.close();
        }
    }

    static Deadline soon() {
        return Deadline.in(Duration.ofSeconds(20));
    }

    private static TestImage app() {
        return TestImage.of(run -> {
            run.add("Env", TestImage.list("PATH=/bin", "A=b=c"));
            run.add("Entrypoint", TestImage.list("/bin/sh", "-c"));
            run.add("Cmd", TestImage.list("sleep 1"));
            run.addProperty("User", "1000:1000");
            run.addProperty("WorkingDir", "/srv");
            run.addProperty("StopSignal", "SIGQUIT");
            run.add("Volumes", TestImage.keys("/config", "/data"));
            run.add("ExposedPorts", TestImage.keys("8096/tcp"));
        });
    }

    @Test
    void what_a_tag_points_to_is_its_digest() throws Exception {
        String digest = registry.push("team/sub/app", "1", app());
        assertThat(client.digest(registry.image("team/sub/app:1"), soon())).isEqualTo(digest);
        assertThat(client.digest(registry.image("team/sub/app@" + digest), soon())).isEqualTo(digest);
    }

    @Test
    void an_image_is_looked_at_without_pulling_it() throws Exception {
        TestImage image = app();
        String digest = registry.push("team/look", "1", image);
        RemoteImage found = client.inspect(registry.image("team/look:1"), Platform.LINUX_AMD64, soon());
        assertThat(found.digest()).isEqualTo(digest).isEqualTo(found.manifestDigest());
        assertThat(found.config().env()).containsExactly("PATH=/bin", "A=b=c");
        assertThat(found.config().entrypoint()).containsExactly("/bin/sh", "-c");
        assertThat(found.config().command()).containsExactly("sleep 1");
        assertThat(found.config().user()).isEqualTo("1000:1000");
        assertThat(found.config().workdir()).isEqualTo("/srv");
        assertThat(found.config().stopSignal()).isEqualTo("SIGQUIT");
        assertThat(found.config().volumes()).containsExactly("/config", "/data");
        assertThat(found.config().ports()).containsExactly("8096/tcp");
        assertThat(found.config().platform()).isEqualTo(Platform.LINUX_AMD64);
        assertThat(found.config().created()).isEqualTo(Instant.parse("2026-01-02T03:04:05.678Z"));
        assertThat(found.compressedSize())
                .isEqualTo(image.config().length + image.layers().getFirst().blob().length);
        assertThat(found.pinned()).hasToString(registry.host() + "/team/look:1@" + digest);
    }

    @Test
    void dockers_form_and_every_packing_of_layers_are_read() throws Exception {
        byte[] tar = TestLayer.busybox();
        registry.push("packed", "docker", app().inDockersForm());
        registry.push(
                "packed",
                "oci",
                TestImage.of("amd64", run -> {}, TestLayer.zstd(tar), TestLayer.gzip(tar), TestLayer.plain(tar)));
        RemoteImage docker = client.inspect(registry.image("packed:docker"), Platform.LINUX_AMD64, soon());
        assertThat(docker.config().user()).isEqualTo("1000:1000");
        RemoteImage oci = client.inspect(registry.image("packed:oci"), Platform.LINUX_AMD64, soon());
        assertThat(oci.layers()).hasSize(3);
        assertThat(oci.config().env()).isEmpty();
        assertThat(oci.config().user()).isEmpty();
    }

    @Test
    void of_an_index_the_image_for_the_platform_is_taken_and_the_digest_is_the_indexs() throws Exception {
        TestImage arm = TestImage.of("arm64", run -> run.addProperty("User", "7"), TestLayer.gzip(TestLayer.busybox()));
        TestImage amd = app();
        String digest = registry.push("multi", "1", new TestIndex(List.of(arm, amd), true));
        RemoteImage found = client.inspect(registry.image("multi:1"), Platform.LINUX_AMD64, soon());
        assertThat(found.digest()).isEqualTo(digest);
        assertThat(found.manifestDigest()).isEqualTo(Digest.of(amd.manifest()));
        assertThat(client.inspect(registry.image("multi:1"), Platform.parse("linux/arm64").orThrow(), soon())
                        .config()
                        .user())
                .isEqualTo("7");
    }
}
