package dev.tengil.resource;

import dev.tengil.resource.facts.Template;
import java.util.Collection;
import java.util.Comparator;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Names of Proxmox's templates, {@code debian-13-standard_13.6-1_amd64.tar.zst}: package, version, architecture. */
public final class TemplateName {

    private TemplateName() {}

    /** The file of the newest version of a package, or the file itself when its full name is given; null when there is none. */
    public static @Nullable String newest(String asked, Collection<Template> known) {
        if (isFile(asked)) {
            return known.stream().anyMatch(template -> template.file().equals(asked)) ? asked : null;
        }
        return known.stream()
                .map(Template::file)
                .filter(file -> isFile(file) && matches(asked, file))
                .max(Comparator.comparing(TemplateName::version, DebianVersion::compare)
                        .thenComparing(Comparator.naturalOrder()))
                .orElse(null);
    }

    /** Names of packages, for suggestions. */
    public static SortedSet<String> names(Collection<Template> known) {
        SortedSet<String> names = new TreeSet<>();
        known.stream()
                .map(Template::file)
                .filter(TemplateName::isFile)
                .filter(file -> !file.startsWith("tengil-"))
                .forEach(file -> names.add(file.contains("_") ? file.substring(0, file.indexOf('_')) : file));
        return names;
    }

    private static boolean matches(String asked, String file) {
        return file.startsWith(asked + "_") && !file.startsWith("tengil-");
    }

    private static boolean isFile(String name) {
        return name.matches(".+\\.tar(?:\\.(?:gz|xz|zst|bz2))?");
    }

    private static String version(String file) {
        String[] parts = file.split("_", -1);
        return parts.length > 1 ? parts[1] : "";
    }
}
