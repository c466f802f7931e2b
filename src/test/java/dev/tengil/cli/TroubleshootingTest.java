package dev.tengil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TroubleshootingTest {

    /** A code stands as the first argument of what makes a diagnostic, in one way or another. */
    private static final Pattern CODE = Pattern.compile(
            "(?:Diagnostic\\s*\\.(?:error|warning|note)|output\\.error|scope\\.(?:error|warn)|said\\.apply|refused?)\\(\\s*(?:[a-z]+,\\s*)*\"([a-z]+\\.[a-z][a-z0-9-]+)\"");

    @Test
    void every_code_of_the_program_has_its_section() throws IOException {
        Set<String> codes = new TreeSet<>();
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                Matcher matcher = CODE.matcher(Files.readString(file));
                while (matcher.find()) {
                    codes.add(matcher.group(1));
                }
            }
        }
        assertThat(codes).hasSizeGreaterThan(80);
        String doc = Files.readString(Path.of("docs/troubleshooting.md"));
        assertThat(codes).allSatisfy(code -> assertThat(doc).contains("\n## " + code + "\n"));
    }
}
