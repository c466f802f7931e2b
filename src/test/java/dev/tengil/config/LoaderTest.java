package dev.tengil.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tengil.model.Diagnostic;
import dev.tengil.model.Fields;
import dev.tengil.model.Key;
import dev.tengil.model.Located;
import dev.tengil.model.Scalars;
import dev.tengil.model.Shape;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class LoaderTest {

    private static final Key<Integer> CORES =
            Key.of("cores", Scalars.integer(1, 64), "Cores.").formerly("cpu");
    private static final Key<List<Located<String>>> TAGS = Key.of("tags", Shape.listOf(Scalars.text()), "Tags.");
    private static final Key<Map<Located<String>, Located<Fields>>> BOXES =
            Key.of("boxes", Shape.mapOf(Scalars.text(), Shape.struct("box", CORES, TAGS)), "Boxes.");
    private static final Shape.Struct ROOT =
            Shape.struct("tengil.yml", Preamble.VERSION, Preamble.VARS, Preamble.SECRETS, BOXES);

    @Test
    void a_value_keeps_its_place() {
        Loaded loaded = load("""
                boxes:
                  media:
                    cores: 4
                """);
        assertThat(loaded.diagnostics().all()).isEmpty();
        Fields box = Objects.requireNonNull(
                        Objects.requireNonNull(loaded.fields()).value(BOXES))
                .values()
                .iterator()
                .next()
                .value();
        assertThat(Objects.requireNonNull(box.get(CORES)).value()).isEqualTo(4);
        assertThat(Objects.requireNonNull(box.get(CORES)).span()).hasToString("tengil.yml:3:12");
    }

    @Test
    void seven_mistakes_are_seven_diagnostics_each_with_its_place() {
        Loaded loaded = load("""
                version: 9
                boxen: {}
                boxes:
                  a:
                    cores: many
                    cores: 2
                    tag: [x]
                  b:
                    cpu: 3
                    cores: 3
                    tags: one
                """);
        assertThat(loaded.diagnostics().all())
                .filteredOn(d -> d.severity() == dev.tengil.model.Severity.ERROR)
                .extracting(Diagnostic::code)
                .containsExactly(
                        "config.value",
                        "config.unknown-key",
                        "config.duplicate-key",
                        "config.value",
                        "config.unknown-key",
                        "config.duplicate-key",
                        "config.type");
    }

    private static Loaded load(String text) {
        return Loader.load(new Source("tengil.yml", text), ROOT, Environment.empty());
    }
}
