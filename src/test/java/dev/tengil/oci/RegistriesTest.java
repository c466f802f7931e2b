package dev.tengil.oci;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tengil.model.Parsed;
import dev.tengil.oci.image.Platform;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegistriesTest {

    @Test
    void docker_hub_answers_elsewhere_and_goes_by_several_names() {
        assertThat(Source.of(Registries.builtIn().of("docker.io"), ""))
                .returns("docker.io", Source::host)
                .returns("registry-1.docker.io", Source::api);
        Registry own = new Registry("index.docker.io", null, null, false, Path.of("/ca.pem"));
        assertThat(new Registries(List.of(own)).of("docker.io").ca()).isNotNull();
        assertThat(Source.of(Registries.builtIn().of("ghcr.io"), "").api()).isEqualTo("ghcr.io");
    }

    @Test
    void a_mirror_is_a_host_with_or_without_a_path() {
        assertThat(Mirror.parse("mirror.lan:5000").orThrow()).isEqualTo(new Mirror("mirror.lan:5000", ""));
        assertThat(Mirror.parse("harbor.lan/proxy/hub").orThrow()).isEqualTo(new Mirror("harbor.lan", "proxy/hub/"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "https://mirror.lan",
                "mirror.lan/",
                "mirror.lan/../x",
                "mirror.lan/x:1",
                "mirror.lan/X",
                "a b",
                "m.lan/x?y"
            })
    void what_is_no_mirror_is_refused(String text) {
        assertThat(Mirror.parse(text)).isInstanceOf(Parsed.Bad.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"linux", "linux/", "/amd64", "linux/amd64/v2/x", "linux/am d64", ""})
    void what_is_no_platform_is_refused(String text) {
        assertThat(Platform.parse(text)).isInstanceOf(Parsed.Bad.class);
    }

    @Test
    void only_encrypted_addresses_may_be_asked_but_for_the_insecure_host() {
        Source insecure = Source.of(new Registry("reg.lan:5000", null, null, true, null), "");
        Source usual = Source.of(Registry.of("reg.lan:5000"), "");
        assertThat(insecure.mayAsk(URI.create("http://reg.lan:9000/x"))).isTrue();
        assertThat(insecure.mayAsk(URI.create("http://reg.lan.evil/x"))).isFalse();
        assertThat(insecure.mayAsk(URI.create("https://a@reg.lan/x"))).isFalse();
        assertThat(usual.mayAsk(URI.create("http://reg.lan:5000/x"))).isFalse();
        assertThat(usual.mayAsk(URI.create("https://elsewhere.lan/x"))).isTrue();
        assertThat(usual.mayAsk(URI.create("file:///etc/passwd"))).isFalse();
        assertThat(insecure.confidence(URI.create("https://elsewhere.lan/"))).isEqualTo(Transport.Confidence.USUAL);
        assertThat(insecure.confidence(URI.create("https://reg.lan/")))
                .isInstanceOf(Transport.Confidence.Anybody.class);
    }

    @ParameterizedTest
    @CsvSource({
        "7, 7",
        "'Wed, 21 Oct 2026 07:28:00 GMT', 60",
        "'Wed, 21 Oct 2026 07:00:00 GMT', 0",
        "soon, -1",
        "'', -1",
        "-5, -1",
        "99999999999, -1",
    })
    void retry_after_is_a_number_of_seconds_or_a_date(String header, long seconds) {
        Clock clock = Clock.fixed(Instant.parse("2026-10-21T07:27:00Z"), ZoneOffset.UTC);
        Answer answer = new Answer(
                URI.create("https://x"),
                429,
                HttpHeaders.of(Map.of("Retry-After", List.of(header)), (name, value) -> true),
                new byte[0]);
        assertThat(Patience.asked(answer, clock)).isEqualTo(seconds < 0 ? null : Duration.ofSeconds(seconds));
    }
}
