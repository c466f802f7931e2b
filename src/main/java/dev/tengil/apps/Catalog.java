package dev.tengil.apps;

import dev.tengil.model.ImageReference;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The applications that come with tengil; read when first asked for. */
public final class Catalog {

    private static final String FILE = "catalog.yml";
    private static final String DATASET = "DATASET";
    private static final Set<String> KEYS = Set.of("title", "about", "image", "note", "secrets", "containers");

    private final List<App> apps;

    private Catalog(List<App> apps) {
        this.apps = List.copyOf(apps);
    }

    /**
     * An application.
     *
     * @param name as it is asked for
     * @param about half a sentence
     * @param image of its main container
     * @param note what the person should know
     * @param secrets lines for the key of that name; empty for none
     * @param containers lines for the key of that name
     */
    public record App(
            String name,
            String title,
            String about,
            ImageReference image,
            String note,
            List<String> secrets,
            List<String> containers) {

        /** Its containers, with their volumes in this dataset. */
        public List<String> containersIn(String dataset) {
            return containers.stream()
                    .map(line -> line.equals("  in: " + DATASET) ? "  in: " + dataset : line)
                    .toList();
        }

        private boolean speaksOf(String word) {
            String plain = word.toLowerCase(Locale.ROOT);
            return name.contains(plain)
                    || title.toLowerCase(Locale.ROOT).contains(plain)
                    || about.contains(plain)
                    || image.name().contains(plain);
        }
    }

    /** The one that comes with this program. */
    public static Catalog builtIn() {
        try (InputStream in = Catalog.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IllegalStateException(FILE + " is part of the program");
            }
            return read(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Catalog read(String yaml) {
        Object read = new Load(LoadSettings.builder().build()).loadFromString(yaml);
        List<App> apps = new ArrayList<>();
        if (!(read instanceof Map<?, ?> all)) {
            throw new IllegalArgumentException("a catalog is a mapping");
        }
        all.forEach((name, value) -> apps.add(app(String.valueOf(name), value)));
        return new Catalog(apps);
    }

    private static App app(String name, @Nullable Object value) {
        if (!(value instanceof Map<?, ?> entry) || !KEYS.containsAll(entry.keySet())) {
            throw new IllegalArgumentException(name + " has a key that means nothing");
        }
        return new App(
                name,
                text(name, entry, "title"),
                text(name, entry, "about"),
                ImageReference.parse(text(name, entry, "image")).orThrow(),
                text(name, entry, "note"),
                entry.containsKey("secrets")
                        ? text(name, entry, "secrets").lines().toList()
                        : List.of(),
                text(name, entry, "containers").lines().toList());
    }

    private static String text(String name, Map<?, ?> entry, String key) {
        if (entry.get(key) instanceof String text && !text.isBlank()) {
            return text;
        }
        throw new IllegalArgumentException(name + " has no " + key);
    }

    /** All of them. */
    public List<App> apps() {
        return apps;
    }

    /** Those that have to do with all of these words; every one when there are none. */
    public List<App> search(List<String> words) {
        return apps.stream()
                .filter(app -> words.stream().allMatch(app::speaksOf))
                .toList();
    }

    /** The one of this name, or null. */
    public @Nullable App find(String name) {
        return apps.stream().filter(app -> app.name().equals(name)).findFirst().orElse(null);
    }
}
