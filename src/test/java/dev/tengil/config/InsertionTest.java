package dev.tengil.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tengil.model.Parsed;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InsertionTest {

    private static final List<String> WEB = List.of("web:", "  image: nginx:1");

    private static String added(String text) {
        return Insertion.under("containers", WEB, text).orThrow();
    }

    @Test
    void a_key_that_is_not_there_comes_at_the_end() {
        assertThat(added("")).isEqualTo("containers:\n  web:\n    image: nginx:1\n");
        assertThat(added("version: 3")).isEqualTo("version: 3\ncontainers:\n  web:\n    image: nginx:1\n");
        assertThat(added("# mine\nversion: 3\n# end\n"))
                .isEqualTo("# mine\nversion: 3\n# end\ncontainers:\n  web:\n    image: nginx:1\n");
    }

    @Test
    void what_is_there_keeps_every_byte_and_its_indentation() {
        String before =
                "containers:   # all\n    db: {image: 'x:1'}   # note\n\n    # about cache\n    cache:\n        image: y:1\n";
        String behind = "\n# the pools\npools:\n  tank: {datasets: {}}";
        assertThat(added(before + behind)).isEqualTo(before + "    web:\n      image: nginx:1\n" + behind);
        assertThat(added("containers:\nversion: 3\n"))
                .isEqualTo("containers:\n  web:\n    image: nginx:1\nversion: 3\n");
        assertThat(added("containers:\n  a: {image: b}"))
                .isEqualTo("containers:\n  a: {image: b}\n  web:\n    image: nginx:1\n");
    }

    @Test
    void the_ends_of_lines_stay_as_they_are() {
        assertThat(added("containers:\r\n  a: {image: b}\r\nversion: 3\r\n"))
                .isEqualTo("containers:\r\n  a: {image: b}\r\n  web:\r\n    image: nginx:1\r\nversion: 3\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "containers: {a: {image: b}}\n",
                "containers: &all\n  a: {image: b}\n",
                "{version: 3}\n",
                "version: 3\n---\nversion: 3\n",
                "version: 3\n...\n",
                "? containers\n: {a: {image: b}}\n",
            })
    void a_file_in_another_form_is_refused(String text) {
        assertThat(Insertion.under("containers", WEB, text)).isInstanceOf(Parsed.Bad.class);
    }
}
