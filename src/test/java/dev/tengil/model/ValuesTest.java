package dev.tengil.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tank/../x",
                "-o",
                "/tank",
                "tank/",
                "tank//x",
                "tank/a@b",
                "tank/%",
                "tank/#",
                "",
                "tank/ x",
                "tank/x ",
                "tank/.",
                "tank/a\nb"
            })
    void what_is_no_dataset_name_is_refused_with_a_sentence(String text) {
        assertThat(DatasetName.parse(text)).isInstanceOf(Parsed.Bad.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tank", "tank/media", "tank/a b/c", "rpool/data:x", "tank/1.2-3_4"})
    void odd_but_legal_dataset_names_are_accepted(String text) {
        assertThat(DatasetName.parse(text).orThrow().value()).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"512M,536870912", "1.5G,1610612736", "1TiB,1099511627776", "2T,2199023255552", "1m,1048576", "10,10240"
    })
    void sizes_are_binary_and_a_bare_number_has_the_unit_of_its_key(String text, long bytes) {
        assertThat(ByteSize.parse(text, 'K').orThrow().bytes()).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "9999P", "1X", "G", "", "1e3", "0.3B"})
    void what_is_no_size_is_refused(String text) {
        assertThat(ByteSize.parse(text, 'B')).isInstanceOf(Parsed.Bad.class);
    }

    @ParameterizedTest
    @CsvSource({
        "redis,docker.io/library/redis:latest",
        "redis:7.2-alpine,docker.io/library/redis:7.2-alpine",
        "jellyfin/jellyfin,docker.io/jellyfin/jellyfin:latest",
        "ghcr.io/a/b/c:v1,ghcr.io/a/b/c:v1",
        "localhost:5000/x,localhost:5000/x:latest",
        "[::1]:5000/x:1,[::1]:5000/x:1",
        "192.168.1.5:5000/x/y:1,192.168.1.5:5000/x/y:1"
    })
    void image_names_are_spelled_out(String text, String full) {
        assertThat(ImageReference.parse(text).orThrow()).hasToString(full);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "docker://redis",
                "Redis",
                "redis:",
                "redis@sha256:abc",
                "a//b",
                "re​dis",
                "x:a b",
                "",
                "/x",
                "a/"
            })
    void what_is_no_image_name_is_refused(String text) {
        assertThat(ImageReference.parse(text)).isInstanceOf(Parsed.Bad.class);
    }

    @Test
    void two_registries_never_mean_the_same_image() {
        assertThat(ImageReference.parse("ghcr.io/a/app:1").orThrow())
                .isNotEqualTo(ImageReference.parse("docker.io/a/app:1").orThrow());
    }

    @ParameterizedTest
    @ValueSource(strings = {"relative", "/a/../b", "/a//b", "/a/./b", "/a\nb", ""})
    void what_is_no_host_path_is_refused(String text) {
        assertThat(HostPath.parse(text)).isInstanceOf(Parsed.Bad.class);
    }

    @Test
    void a_secret_never_prints() {
        assertThat(Secret.of("db", "hunter2").toString()).isEqualTo("‹secret›");
    }
}
