package dev.tengil.oci;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ChallengeTest {

    @Test
    void the_forms_that_registries_send_are_read() {
        assertThat(Challenge.parse(
                        List.of("Bearer realm=\"https://auth.docker.io/token\",service=\"registry.docker.io\","
                                + "scope=\"repository:library/redis:pull,push\"")))
                .containsExactly(new Challenge(
                        "bearer",
                        Map.of(
                                "realm", "https://auth.docker.io/token",
                                "service", "registry.docker.io",
                                "scope", "repository:library/redis:pull,push")));
        assertThat(Challenge.parse(List.of("BASIC Realm = \"a \\\"b\\\"\" , bearer realm=x, service=y")))
                .containsExactly(
                        new Challenge("basic", Map.of("realm", "a \"b\"")),
                        new Challenge("bearer", Map.of("realm", "x", "service", "y")));
        assertThat(Challenge.parse(List.of("Basic realm=\"a\"", "Negotiate")))
                .containsExactly(new Challenge("basic", Map.of("realm", "a")), new Challenge("negotiate", Map.of()));
    }

    @Test
    void nothing_and_parameters_without_a_scheme_offer_nothing() {
        assertThat(Challenge.parse(List.of())).isEmpty();
        assertThat(Challenge.parse(List.of("realm=\"x\"", ""))).isEmpty();
    }

    @Property(tries = 300)
    void no_header_is_too_odd_to_be_read(@ForAll String header) {
        assertThat(Challenge.parse(List.of(header))).isNotNull();
    }
}
