package dev.tengil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tengil.config.Environment;
import dev.tengil.config.Loaded;
import dev.tengil.config.Loader;
import dev.tengil.config.Source;
import dev.tengil.host.FileWrite;
import dev.tengil.model.Diagnostic;
import dev.tengil.model.Severity;
import dev.tengil.plan.Declarations;
import dev.tengil.plan.OperationText;
import dev.tengil.plan.TengilFile;
import dev.tengil.resource.Operation;
import dev.tengil.resource.PlanOptions;
import dev.tengil.resource.facts.Health;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A hostile text at every place of a file where a text may stand is refused at that place, or is nothing but a value: the operations are
 * those of a harmless text, word for word but for the value, and the host reads back what the file says.
 */
class HostileStringsTest {

    private static final String HARMLESS = "harmless";
    private static final Set<EveryString.Place> PLACES = EveryString.of(TengilFile.ROOT);
    private static final Pattern PLACE = Pattern.compile("\n  tengil\\.yml:(\\d+):\\d+\n");

    /** Words of a program are quoted into one line there, as LXC wants it, or a line is split into words first. */
    private static final Pattern QUOTED = Pattern.compile(".*\\.(entrypoint|command)(\\.<item>)?|.*\\.health\\.exec");

    /** Names of things that only the host knows; its own program then refuses what does not exist. */
    private static final Pattern JUDGED = Pattern.compile(
            ".*\\.options\\.<name>.*|.*timezone|.*\\.storage|.*\\.(post_install|health\\.exec)(\\.<item>)?"
                    + "|.*nfs(\\.<item>)?\\.(clients\\.<item>\\.host|allowed)(\\.<item>)?");

    /** Drawn for each name anew. */
    private static final Pattern CARD = Pattern.compile("BC:24:11(:[0-9A-F]{2}){3}");

    private static final Pattern OCTAL = Pattern.compile("\\\\(\\d{3})");

    @TempDir
    Path folder;

    private Map<Object, Object> base;
    private int worlds;

    @BeforeEach
    void read() throws IOException {
        base = EveryString.tree(Files.readString(Path.of("src/test/resources/hostile/tengil.yml")));
    }

    @Test
    void a_hostile_text_is_refused_at_its_place_or_is_a_value_and_no_more() throws Exception {
        assertThat(PLACES).hasSizeGreaterThan(300);
        Set<EveryString.Place> taken = new LinkedHashSet<>();
        for (String text : EveryString.HOSTILE) {
            // As it is, and by turns behind what a name or a path begins with.
            for (String before : List.of("", EveryString.HOSTILE.indexOf(text) % 2 == 0 ? "x" : "/tank/media/x")) {
                // A slash more is a directory more.
                String hostile = before.contains("/") ? text.replace("/", "") : text;
                List<EveryString.Place> loading = new ArrayList<>();
                for (EveryString.Place place : PLACES) {
                    if (loads(place, before + hostile)) {
                        loading.add(place);
                    }
                }
                taken.addAll(together(loading, before, hostile));
            }
        }
        // Free texts, variables of containers, programs: were it less, the file would not reach them.
        assertThat(taken).hasSizeGreaterThan(20);
    }

    private boolean loads(EveryString.Place place, String text) {
        EveryString.Put put = EveryString.put(base, place, text);
        String yaml = EveryString.yaml(put.root());
        Source source = switch (Source.decode("tengil.yml", yaml.getBytes(StandardCharsets.UTF_8))) {
            case Source.Given(Source given) -> given;
            case Source.Refused(Diagnostic refused, Source _) -> throw new AssertionError(refused);
        };
        Loaded loaded = Loader.load(source, TengilFile.ROOT, Environment.empty());
        if (loaded.fields() != null) {
            Declarations.of(loaded.fields(), loaded.diagnostics());
        }
        loaded.diagnostics().all().stream()
                .filter(diagnostic -> diagnostic.severity() == Severity.ERROR)
                .forEach(error -> assertThat(EveryString.lines(yaml, put.at()))
                        .as(place + ": " + error)
                        .contains(error.span() == null ? 0 : error.span().line()));
        return !loaded.diagnostics().hasErrors();
    }

    /** One file with the text at as many places as the planner lets through, carried out; those that stand in each other's way alone. */
    private Set<EveryString.Place> together(List<EveryString.Place> places, String before, String hostile)
            throws Exception {
        Map<EveryString.Place, List<Object>> kept = new LinkedHashMap<>();
        List<EveryString.Place> alone = new ArrayList<>();
        for (EveryString.Place place : places) {
            List<Object> at = EveryString.put(base, place, before + hostile).at();
            boolean crossing = place.named()
                    || place.toString().contains(".health.exec")
                    || kept.values().stream().anyMatch(other -> crossing(at, other));
            if (crossing) {
                alone.add(place);
            } else {
                kept.put(place, at);
            }
        }
        Set<EveryString.Place> taken = new LinkedHashSet<>();
        while (!kept.isEmpty()) {
            Set<EveryString.Place> refused = refused(kept.keySet(), before + hostile);
            if (refused.isEmpty()) {
                taken.addAll(carriedOut(kept.keySet(), before, hostile));
                break;
            }
            kept.keySet().removeAll(refused);
        }
        for (EveryString.Place place : alone) {
            if (refused(Set.of(place), before + hostile).isEmpty()) {
                taken.addAll(carriedOut(Set.of(place), before, hostile));
            }
        }
        return taken;
    }

    /** Whether one is in the other, or they want a list and a mapping at the same place. */
    private static boolean crossing(List<Object> one, List<Object> other) {
        for (int depth = 0; depth < Math.min(one.size(), other.size()); depth++) {
            if (!one.get(depth).equals(other.get(depth))) {
                return one.get(depth).getClass() != other.get(depth).getClass();
            }
        }
        return true;
    }

    private String file(Set<EveryString.Place> places, String text) {
        Map<Object, Object> root = base;
        for (EveryString.Place place : places) {
            root = EveryString.put(root, place, text).root();
        }
        return EveryString.yaml(root);
    }

    /** Those whose lines the planner's errors are at; empty when it plans. */
    private Set<EveryString.Place> refused(Set<EveryString.Place> places, String text) throws IOException {
        String yaml = file(places, text);
        Tg.Ran ran = new Tg(folder).file(yaml).say("plan --host sim:pristine");
        assertThat(ran.err()).doesNotContain("tengil.defect", "\tat ");
        if (ran.exit() == 0) {
            return Set.of();
        }
        Set<EveryString.Place> refused = new LinkedHashSet<>();
        for (String diagnostic : ran.err().split("(?m)^(?=error\\[|warning\\[|note\\[)", -1)) {
            var line = PLACE.matcher(diagnostic);
            if (diagnostic.startsWith("error[") && line.find()) {
                int number = Integer.parseInt(line.group(1));
                places.stream()
                        .filter(place -> EveryString.lines(
                                        yaml, EveryString.put(base, place, text).at())
                                .contains(number))
                        .forEach(refused::add);
            }
        }
        if (refused.isEmpty() && places.size() > 1) {
            // Said of something beside it, such as the image for its registry.
            for (EveryString.Place place : places) {
                refused.addAll(refused(Set.of(place), text));
            }
        } else if (refused.isEmpty()
                && ran.err().contains("error[")
                && PLACE.matcher(ran.err()).find()) {
            return places;
        }
        assertThat(refused).as(text + " at " + places + ":\n" + ran.err()).isNotEmpty();
        return refused;
    }

    private Set<EveryString.Place> carriedOut(Set<EveryString.Place> places, String before, String hostile)
            throws Exception {
        String text = before + hostile;
        Set<EveryString.Place> comparable = new LinkedHashSet<>(places);
        comparable.removeIf(place -> QUOTED.matcher(place.toString()).matches());
        comparable.removeAll(refusedAll(comparable, before + HARMLESS));
        if (!comparable.isEmpty()) {
            assertThat(operations(file(comparable, text), text))
                    .as(text + " at " + comparable)
                    .isEqualTo(operations(file(comparable, before + HARMLESS), before + HARMLESS));
        }
        return applied(places, text);
    }

    private Set<EveryString.Place> applied(Set<EveryString.Place> places, String text) throws IOException {
        String world = "sim:w" + worlds++;
        Tg tg = new Tg(folder).file(file(places, text));
        Tg.Ran applied = tg.say("apply --yes --host " + world);
        String said = applied.out() + applied.err();
        if (applied.exit() != 0 && places.size() > 1) {
            Set<EveryString.Place> all = new LinkedHashSet<>();
            for (EveryString.Place place : places) {
                all.addAll(applied(Set.of(place), text));
            }
            return all;
        }
        if (applied.exit() != 0
                && JUDGED.matcher(places.iterator().next().toString()).matches()) {
            assertThat(said).as(text).contains("  ✗ ").containsPattern("exit:|ended with \\d+|is not healthy");
            return Set.of();
        }
        assertThat(applied.exit()).as(text + " at " + places + ":\n" + said).isZero();
        Tg.Ran again = tg.say("plan --host " + world);
        assertThat(again.out()).as(text + " at " + places).startsWith("No changes.");
        return places;
    }

    private Set<EveryString.Place> refusedAll(Set<EveryString.Place> places, String text) throws IOException {
        Set<EveryString.Place> left = new LinkedHashSet<>(places);
        Set<EveryString.Place> all = new LinkedHashSet<>();
        while (!left.isEmpty()) {
            Set<EveryString.Place> refused = refused(left, text);
            if (refused.isEmpty()) {
                break;
            }
            all.addAll(refused);
            left.removeAll(refused);
        }
        return all;
    }

    /** Every word of every operation, with the text blotted out. */
    private List<List<String>> operations(String yaml, String text) throws Exception {
        Files.writeString(folder.resolve("tengil.yml"), yaml);
        PrintStream nowhere = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        Io io = new Io(
                new ByteArrayInputStream(new byte[0]),
                nowhere,
                nowhere,
                Map.of("HOME", folder.toString()),
                folder,
                false,
                false,
                80);
        Globals globals = new Globals(null, "sim:pristine", "never", false, false, false);
        List<List<String>> all = new ArrayList<>();
        try (Session session = Session.open(new Output(io, globals))) {
            for (var step :
                    new Planning(session).plan(PlanOptions.NONE, 7L).plan().steps()) {
                for (Operation operation : step.operations()) {
                    all.add(words(operation).stream()
                            .map(word ->
                                    CARD.matcher(word.replace(text, "‹text›")).replaceAll("‹card›"))
                            // In a file the order of shares and exports is that of their names.
                            .flatMap(word -> operation instanceof Operation.Write
                                    ? word.lines().sorted()
                                    : Stream.of(word))
                            .toList());
                }
            }
        }
        all.sort(Comparator.comparing(Object::toString));
        return all;
    }

    private static List<String> words(Operation operation) {
        return switch (operation) {
            case Operation.Run run -> run.command().argv();
            // The same for every file, and its own stars are none of ours.
            case Operation.Write write when write.file().path().value().startsWith("/etc/logrotate.d/") -> List.of();
            case Operation.Write write -> List.of(write.file().path().value(), plain(write.file()));
            case Operation.MakeDirectory make ->
                make.typed().stream()
                        .flatMap(command -> command.argv().stream())
                        .toList();
            case Operation.Unpack unpack -> unpack.command().argv();
            case Operation.AwaitHealth health ->
                Health.command(health.check().probe(), "ADDRESS", health.check().timeout())
                        .argv();
            case Operation.EditConf edit ->
                edit.edits().stream().map(Object::toString).toList();
            default -> OperationText.lines(operation);
        };
    }

    /** exports(5) writes what would end a path in octal. */
    private static String plain(FileWrite file) {
        String text = file.content().text();
        return file.path().value().startsWith("/etc/exports.d/")
                ? OCTAL.matcher(text)
                        .replaceAll(byOctal ->
                                Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(byOctal.group(1), 8))))
                : text;
    }
}
