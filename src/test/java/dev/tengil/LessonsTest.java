package dev.tengil;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What {@code docs/known-defects.md} names is there. */
class LessonsTest {

    private static final Pattern ROW = Pattern.compile("(?m)^\\| (\\d+) \\|[^|]*\\|([^|]*)\\|$");
    private static final Pattern NAME = Pattern.compile("`([A-Za-z0-9_.-]+)`");

    @Test
    void every_defect_is_held_off_by_what_exists() throws IOException {
        List<Integer> numbers = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        String classes = tests();
        for (MatchResult row : ROW.matcher(Files.readString(Path.of("docs/known-defects.md")))
                .results()
                .toList()) {
            numbers.add(Integer.valueOf(row.group(1)));
            for (MatchResult name : NAME.matcher(row.group(2)).results().toList()) {
                if (!exists(name.group(1), classes)) {
                    missing.add(row.group(1) + ": " + name.group(1));
                }
            }
        }
        assertThat(missing).isEmpty();
        assertThat(numbers).hasSize(48).isSorted().doesNotHaveDuplicates();
    }

    private static boolean exists(String name, String classes) {
        int dot = name.indexOf('.');
        if (Character.isUpperCase(name.charAt(0))) {
            String type = dot < 0 ? name : name.substring(0, dot);
            int at = classes.indexOf("class " + type + " ");
            return at >= 0 && (dot < 0 || classes.contains(" " + name.substring(dot + 1) + "("));
        }
        return name.equals("post_install") || Files.exists(Path.of("src/test/resources/cases", name, "tengil.yml"));
    }

    private static String tests() throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith("Test.java")).toList()) {
                all.append(Files.readString(file));
            }
        }
        return all.toString();
    }
}
