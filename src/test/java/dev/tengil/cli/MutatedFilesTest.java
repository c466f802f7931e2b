package dev.tengil.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.tengil.cli.view.Ink;
import dev.tengil.config.Environment;
import dev.tengil.config.Loaded;
import dev.tengil.config.Loader;
import dev.tengil.config.Source;
import dev.tengil.model.Diagnostic;
import dev.tengil.model.Diagnostics;
import dev.tengil.model.Severity;
import dev.tengil.plan.Declarations;
import dev.tengil.plan.TengilFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that went wrong in every way end in diagnostics with places, and in lines that a terminal can show. */
class MutatedFilesTest {

    private static final int FILES = Integer.getInteger("mutated.files", 20_000);
    private static final Pattern PLACE = Pattern.compile("\n  tengil\\.yml:(\\d+):(\\d+)\n");

    private static final Set<Integer> HIDDEN =
            Set.of((int) Character.CONTROL, (int) Character.FORMAT, (int) Character.SURROGATE);

    @TempDir
    Path folder;

    @Test
    void a_file_that_went_wrong_anywhere_is_planned_or_refused_at_a_place_inside_it() throws IOException {
        List<String> originals = originals();
        int[] planned = new int[2];
        for (int seed = 0; seed < FILES; seed++) {
            Random random = new Random(seed);
            byte[] bytes = new Mutation(random).of(originals.get(random.nextInt(originals.size())));
            try {
                if (loads(bytes)) {
                    planned[plan(bytes)]++;
                }
            } catch (RuntimeException | AssertionError | StackOverflowError e) {
                fail("seed " + seed + ":\n" + shortened(bytes), e);
            }
        }
        assertThat(planned[0]).isGreaterThan(FILES / 50);
        assertThat(planned[1]).isGreaterThan(FILES / 50);
    }

    private static List<String> originals() throws IOException {
        List<String> texts = new ArrayList<>();
        for (String below : List.of("examples", "src/test/resources/cases")) {
            try (Stream<Path> files = Files.walk(Path.of(below))) {
                for (Path file : files.filter(path -> path.toString().matches(".*/(tengil|before|after)\\.yml"))
                        .sorted()
                        .toList()) {
                    texts.add(Files.readString(file));
                }
            }
        }
        return texts;
    }

    private static String shortened(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        return text.length() < 20_000 ? text : text.substring(0, 20_000);
    }

    /** Whether nothing is wrong with the file itself. */
    private static boolean loads(byte[] bytes) {
        switch (Source.decode("tengil.yml", bytes)) {
            case Source.Refused(Diagnostic diagnostic, Source source) -> {
                shown(diagnostic, source);
                return false;
            }
            case Source.Given(Source source) -> {
                Loaded loaded = Loader.load(source, TengilFile.ROOT, Environment.empty());
                Diagnostics diagnostics = loaded.diagnostics();
                if (loaded.fields() != null) {
                    Declarations.of(loaded.fields(), diagnostics);
                    Later.refuse(loaded.fields(), diagnostics);
                }
                assertThat(loaded.fields() != null || diagnostics.hasErrors()).isTrue();
                diagnostics.all().forEach(diagnostic -> shown(diagnostic, source));
                return !diagnostics.hasErrors();
            }
        }
    }

    private static void shown(Diagnostic diagnostic, Source source) {
        String text = DiagnosticText.of(diagnostic, source, Ink.PLAIN, 80, true);
        showable(text);
        if (diagnostic.severity() == Severity.ERROR) {
            placed(text, source);
        }
    }

    private static void placed(String text, Source source) {
        var place = PLACE.matcher(text);
        assertThat(place.find()).as(text).isTrue();
        List<String> lines =
                source.text().replace("\r\n", "\n").replace('\r', '\n').lines().toList();
        int line = Integer.parseInt(place.group(1));
        assertThat(line).as(text).isBetween(1, lines.size() + 1);
        String at = line > lines.size() ? "" : lines.get(line - 1);
        assertThat(Integer.parseInt(place.group(2))).as(text).isBetween(1, at.codePointCount(0, at.length()) + 1);
    }

    private static void showable(String text) {
        text.codePoints()
                .filter(c -> c != '\n' && HIDDEN.contains(Character.getType(c)))
                .findFirst()
                .ifPresent(c -> fail("shows U+%04X in:\n%s", c, text));
    }

    /** 0 for a plan, 1 for a refusal. */
    private int plan(byte[] bytes) throws IOException {
        Files.write(folder.resolve("tengil.yml"), bytes);
        Tg.Ran ran = new Tg(folder).say("plan --commands");
        assertThat(ran.err()).doesNotContain("tengil.defect", "\tat ");
        showable(ran.err());
        showable(ran.out());
        if (ran.exit() == 0) {
            return 0;
        }
        assertThat(ran.exit()).as(ran.err()).isIn(Exit.INVALID.code(), Exit.REFUSED.code());
        assertThat(ran.err()).contains("error[");
        assertThat(ran.out()).isEmpty();
        return 1;
    }
}
