package dev.tengil.oci.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tengil.model.Parsed;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManifestTest {
    private static final String DIGEST = "sha256:" + "a".repeat(64);

    private static Parsed<Manifest> read(String json) {
        return ManifestReader.read(json.replace("DIGEST", DIGEST).getBytes(StandardCharsets.UTF_8));
    }

    private static Manifest.Index index(String... platforms) {
        StringBuilder json = new StringBuilder();
        for (String platform : platforms) {
            String[] parts = platform.split("/", -1);
            json.append(json.isEmpty() ? "" : ",")
                    .append(
                            "{\"digest\": \"sha256:%s\", \"size\": 1, \"platform\": {\"os\": \"%s\", \"architecture\": \"%s\"%s}}"
                                    .formatted(
                                            Digest.of(platform.getBytes(StandardCharsets.UTF_8))
                                                    .substring(7),
                                            parts[0],
                                            parts[1],
                                            parts.length > 2 ? ", \"variant\": \"" + parts[2] + "\"" : ""));
        }
        return (Manifest.Index)
                read("{\"schemaVersion\": 2, \"manifests\": [" + json + "]}").orThrow();
    }

    private static String chosen(String wanted, String... platforms) {
        return switch (PlatformChoice.from(
                index(platforms), Platform.parse(wanted).orThrow())) {
            case Parsed.Ok<Descriptor>(Descriptor descriptor) -> String.valueOf(descriptor.platform());
            case Parsed.Bad<Descriptor>(String present) -> present;
        };
    }

    @Test
    void the_platform_is_chosen_by_its_variant_where_there_is_one() {
        assertThat(chosen("linux/amd64", "linux/arm64/v8", "linux/amd64/v3", "linux/amd64"))
                .isEqualTo("linux/amd64");
        assertThat(chosen("linux/amd64", "linux/amd64/v3", "linux/amd64/v2")).isEqualTo("linux/amd64/v2");
        assertThat(chosen("linux/arm64", "linux/amd64", "linux/arm64/v8")).isEqualTo("linux/arm64/v8");
        assertThat(chosen("linux/arm/v7", "linux/arm/v6", "linux/arm/v7")).isEqualTo("linux/arm/v7");
        assertThat(chosen("linux/arm/v5", "linux/arm/v6", "linux/arm/v7"))
                .isEqualTo("it exists for linux/arm/v6, linux/arm/v7");
        assertThat(chosen("linux/amd64", "windows/amd64")).isEqualTo("it exists for windows/amd64");
        assertThat(chosen("linux/amd64", "unknown/unknown")).isEqualTo("it names no platform at all");
    }

    @Test
    void an_entry_whose_platform_is_nonsense_is_never_taken() {
        assertThat(chosen("linux/amd64", "linux/am\\nd64", "linux/arm64")).isEqualTo("it exists for linux/arm64");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{\"manifests\": [], \"layers\": []}  | it is a manifest and an index at once",
                "{\"manifests\": [], \"config\": {}}  | it is a manifest and an index at once",
                "{\"fsLayers\": []}                   | it is a manifest and an index at once",
                "{}                                   | its config are missing",
                "{\"config\": {\"digest\": \"DIGEST\", \"size\": 1}} | its layers are missing",
                "{\"config\": {\"digest\": \"md5:1\", \"size\": 1}}  | something in its config has no sha256 digest",
                "{\"config\": {\"digest\": \"DIGEST\", \"size\": -1}} | something in its config has no size",
                "{\"config\": {\"digest\": \"DIGEST\", \"size\": 1e30}} | something in its config has no size",
                "{\"config\": {\"digest\": \"DIGEST\", \"size\": \"1\"}} | something in its config has no size",
                "<html>                               | it is no JSON",
            })
    void what_is_no_manifest_is_told(String json, String reason) {
        assertThat(read(json)).isEqualTo(Parsed.bad(reason));
    }

    @Test
    void layers_that_lie_elsewhere_are_marked() {
        assertThat(read("{\"config\": {\"digest\": \"DIGEST\", \"size\": 1}, \"layers\": [{\"mediaType\":"
                                + " \"application/vnd.docker.image.rootfs.foreign.diff.tar.gzip\", \"digest\": \"DIGEST\","
                                + " \"size\": 5, \"urls\": [\"https://example.org\"]}]}")
                        .orThrow())
                .isInstanceOfSatisfying(
                        Manifest.Image.class,
                        image -> assertThat(image.layers())
                                .singleElement()
                                .returns(true, Descriptor::elsewhere)
                                .returns(5L, Descriptor::size));
    }
}
