package dev.tengil.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.tengil.config.Reference;
import dev.tengil.config.SchemaWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReferenceTest {

    private static final Path DOC = Path.of("docs/configuration.md");
    private static final String MARK =
            "<!-- generated from the key descriptors: ./test ReferenceTest says when it is not current -->\n\n";

    static Stream<Path> examples() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("examples"))) {
            return files.filter(file -> file.toString().endsWith(".yml")).toList().stream();
        }
    }

    private static Schema schema() {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(SchemaWriter.write(TengilFile.ROOT).toString());
    }

    /** {@code !secret name} is a tag of tengil's; for a validator that knows no tags it is a text. */
    private static List<?> mistakes(String yaml) {
        return schema().validate(yaml.replaceAll("!secret (\\w+)", "secret-$1"), InputFormat.YAML);
    }

    @ParameterizedTest
    @MethodSource("examples")
    void every_example_is_valid_by_an_independent_validator(Path example) throws IOException {
        assertThat(mistakes(Files.readString(example))).isEmpty();
    }

    @Test
    void the_schema_refuses_a_key_that_does_not_exist() {
        assertThat(mistakes("version: 3\npools: {tank: {datasets: {media: {profil: media}}}}"))
                .isNotEmpty();
        assertThat(mistakes("pool: {}")).isNotEmpty();
    }

    @Test
    void the_reference_is_current() throws IOException {
        String text = Files.readString(DOC);
        String current = Reference.markdown(TengilFile.ROOT);
        if (System.getenv("UPDATE_REFERENCE") != null) {
            Files.writeString(DOC, text.substring(0, text.indexOf(MARK) + MARK.length()) + current);
            return;
        }
        assertThat(text.substring(text.indexOf(MARK) + MARK.length()))
                .as("run UPDATE_REFERENCE=1 ./test ReferenceTest")
                .isEqualTo(current);
    }
}
