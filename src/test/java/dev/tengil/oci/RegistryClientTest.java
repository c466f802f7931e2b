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
        assertThat(client.digest(registry.image("team/sub/app@" + digest), soon()))
                .isEqualTo(digest);
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
        assertThat(client.inspect(
                                registry.image("multi:1"),
                                Platform.parse("linux/arm64").orThrow(),
                                soon())
                        .config()
                        .user())
                .isEqualTo("7");
    }

    @Test
    void a_platform_that_is_missing_is_told_with_those_that_there_are() throws Exception {
        registry.push(
                "multi",
                "others",
                new TestIndex(List.of(TestImage.of("arm64", run -> {}), TestImage.of("s390x", run -> {})), true));
        registry.push("single", "arm", TestImage.of("arm64", run -> {}));
        assertThat(refusal(() -> client.inspect(registry.image("multi:others"), Platform.LINUX_AMD64, soon())))
                .returns(RegistryException.Kind.UNUSABLE, RegistryException::kind)
                .hasMessage("the image " + registry.host()
                        + "/multi:others does not exist for linux/amd64: it exists for" + " linux/arm64, linux/s390x");
        assertThat(refusal(() -> client.inspect(registry.image("single:arm"), Platform.LINUX_AMD64, soon())))
                .hasMessageEndingWith("it exists for linux/arm64");
    }

    @Test
    void what_is_not_there_is_said_with_the_registrys_own_words() throws Exception {
        registry.push("there", "1", app());
        assertThat(refusal(() -> client.digest(registry.image("there:2"), soon())))
                .returns(RegistryException.Kind.NOT_THERE, RegistryException::kind)
                .hasMessage(registry.host() + " does not have the image " + registry.host()
                        + "/there:2 (manifest unknown)");
        assertThat(refusal(() -> client.tags(registry.image("nowhere"), soon()))
                        .diagnostic()
                        .code())
                .isEqualTo("registry.not-there");
    }

    @Test
    void a_tag_that_moves_after_it_was_resolved_does_not_move_what_is_pinned() throws Exception {
        String before = registry.push("moving", "1", TestImage.of(run -> run.addProperty("User", "1")));
        ImageReference pinned =
                registry.image("moving:1").withDigest(client.digest(registry.image("moving:1"), soon()));
        String after = registry.push("moving", "1", TestImage.of(run -> run.addProperty("User", "2")));
        RemoteImage found = client.inspect(pinned, Platform.LINUX_AMD64, soon());
        assertThat(found.digest()).isEqualTo(before).isNotEqualTo(after);
        assertThat(found.config().user()).isEqualTo("1");
        assertThat(client.inspect(registry.image("moving:1"), Platform.LINUX_AMD64, soon())
                        .digest())
                .isEqualTo(after);
        registry.delete("moving", before);
        assertThat(refusal(() -> client.inspect(pinned, Platform.LINUX_AMD64, soon()))
                        .kind())
                .isEqualTo(RegistryException.Kind.NOT_THERE);
    }

    @Test
    void tags_and_repositories_are_listed_over_all_pages() throws Exception {
        TestImage image = TestImage.of(run -> {});
        for (int i = 0; i < 12; i++) {
            registry.push("listed/app-" + i, "v" + i, image);
            registry.push("listed/many", "v" + i, image);
        }
        assertThat(client.tags(registry.image("listed/many"), soon()))
                .returns(true, Names::complete)
                .satisfies(tags -> assertThat(tags.names()).hasSize(12).contains("v0", "v11"));
        try (TestProxy small = TestProxy.before(registry.uri());
                RegistryClient paged = insecure(small.host())) {
            // The registry makes the pages and their links; only their size is the test's.
            small.trick((request, exchange) ->
                    request.isFor("n=1000") && small.redirected(request.path().replace("n=1000", "n=5"), exchange));
            assertThat(paged.catalog(small.host(), soon()).names())
                    .contains("listed/app-0", "listed/app-11", "listed/many");
            assertThat(small.requests().stream().filter(request -> request.isFor("last=")))
                    .hasSizeGreaterThanOrEqualTo(2);
        }
    }

    @Test
    void a_registry_of_ones_own_making_may_show_any_certificate_or_none_if_it_is_called_insecure() throws Exception {
        registry.push("tls", "1", app());
        TestCertificates certificates = TestCertificates.make(directory);
        try (TestRegistry encrypted = registry.encrypted(certificates);
                RegistryClient strict = new RegistryClient(Registries.builtIn(), Keychain.empty());
                RegistryClient trusting = new RegistryClient(
                        new Registries(
                                List.of(new Registry(encrypted.host(), null, null, false, certificates.authority()))),
                        Keychain.empty());
                RegistryClient insecure = new RegistryClient(
                        new Registries(List.of(new Registry(encrypted.host(), null, null, true, null))),
                        Keychain.empty())) {
            ImageReference image = encrypted.image("tls:1");
            assertThat(refusal(() -> strict.digest(image, soon())).diagnostic().code())
                    .isEqualTo("registry.certificate");
            assertThat(trusting.digest(image, soon())).isEqualTo(insecure.digest(image, soon()));
            assertThat(refusal(() -> strict.digest(registry.image("tls:1"), soon()))
                            .diagnostic())
                    .satisfies(said -> assertThat(said.message()).endsWith("does not speak TLS as it should"))
                    .satisfies(said -> assertThat(said.help()).contains("insecure: true"));
        }
    }

    @Test
    void a_mirror_is_asked_first_and_the_registry_itself_when_that_fails() throws Exception {
        String digest = registry.push("mirrored", "1", app());
        registry.push("hub/only", "1", app());
        try (TestProxy origin = TestProxy.before(registry.uri());
                TestProxy mirror = TestProxy.before(registry.uri());
                RegistryClient both = plain(
                        new Registry(
                                origin.host(),
                                null,
                                Mirror.parse(mirror.host() + "/hub").orThrow(),
                                true,
                                null),
                        new Registry(mirror.host(), null, null, true, null))) {
            assertThat(both.inspect(origin.image("only:1"), Platform.LINUX_AMD64, soon())
                            .digest())
                    .isNotNull();
            assertThat(origin.requests()).isEmpty();
            assertThat(both.digest(origin.image("mirrored:1"), soon())).isEqualTo(digest);
            assertThat(mirror.requests()).anyMatch(request -> request.isFor("/v2/hub/mirrored/"));
            mirror.stop();
            assertThat(both.digest(origin.image("mirrored:1"), soon())).isEqualTo(digest);
            assertThat(refusal(() -> both.digest(origin.image("gone:1"), soon()))
                            .diagnostic()
                            .help())
                    .contains("Its mirror was asked before: " + mirror.host() + " cannot be reached");
        }
    }

    static RegistryClient insecure(String host) {
        return plain(new Registry(host, null, null, true, null));
    }

    /** For servers without TLS alone: {@link TestProxy} leaves it unanswered, so there is no use in waiting. */
    static RegistryClient plain(Registry... registries) {
        return new RegistryClient(
                new Registries(List.of(registries)),
                Keychain.empty(),
                new Transport(Duration.ofSeconds(60), Duration.ofMillis(300)));
    }

    interface Question {
        Object put() throws RegistryException;
    }

    static RegistryException refusal(Question question) {
        try {
            throw new AssertionError("answered: " + question.put());
        } catch (RegistryException e) {
            assertThat(e.diagnostic().help()).isNotBlank();
            return e;
        }
    }
}
