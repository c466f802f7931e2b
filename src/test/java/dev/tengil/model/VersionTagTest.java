package dev.tengil.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VersionTagTest {

    private static VersionTag tag(String text) {
        return Objects.requireNonNull(VersionTag.read(text));
    }

    @ParameterizedTest
    @CsvSource({
        "1.2.3, 1.2.10",
        "v1.9, v1.10",
        "7, 8",
        "1.2.3-alpine, 1.2.4-alpine",
        "9.9.9, 10.0.0",
        "2024.12.1, 2025.1.0",
        "20240101, 20240315"
    })
    void the_second_is_newer(String older, String newer) {
        assertThat(tag(older).isLike(tag(newer))).isTrue();
        assertThat(tag(newer)).isGreaterThan(tag(older));
    }

    @ParameterizedTest
    @CsvSource({
        "1.2.3, 1.2.4-alpine",
        "1.2.3-alpine, 1.2.4",
        "1.2, 1.2.1",
        "1.2.3, v1.2.4",
        "8, 20240101",
        "1.2.3, 1.2.4-rc1",
        "1.2.3-alpine, 1.2.4-debian",
        "10.1.0, 2024.1.0"
    })
    void these_cannot_be_compared(String one, String other) {
        assertThat(tag(one).isLike(tag(other))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"latest", "stable", "alpine", "x1.2", "1.2.3.4.5", "1234567890", "1.x", "sha-abc123"})
    void these_are_no_versions(String text) {
        assertThat(VersionTag.read(text)).isNull();
    }
}
