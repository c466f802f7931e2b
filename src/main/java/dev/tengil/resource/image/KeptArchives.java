package dev.tengil.resource.image;

import dev.tengil.model.HostPath;
import dev.tengil.resource.facts.Facts;
import dev.tengil.resource.facts.Storage;
import dev.tengil.resource.facts.Template;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Archives that were pulled for containers and are no longer needed: a pull brings each of them back. */
public final class KeptArchives {

    private static final Pattern NAME = Pattern.compile("tengil-.+-([0-9a-f]{12})\\.tar");

    private KeptArchives() {}

    /** Whether a file has a name that only we give. */
    public static boolean isOurs(String file) {
        return NAME.matcher(file).matches();
    }

    /**
     * An archive.
     *
     * @param file its name, which ends with the first digits of its digest
     */
    public record Archive(String file, HostPath path) {}

    /**
     * Those whose digest nobody names.
     *
     * @param used texts in which digests stand: states of all stacks of the host, the lock
     */
    public static List<Archive> superfluous(Facts facts, Collection<String> used) {
        List<Archive> old = new ArrayList<>();
        for (Template template : facts.templates()) {
            Matcher name = NAME.matcher(template.file());
            Storage storage =
                    template.storage() == null ? null : facts.storages().get(template.storage());
            String path = storage == null ? null : storage.path();
            if (path != null
                    && name.matches()
                    && used.stream().noneMatch(text -> text.contains("sha256:" + name.group(1)))) {
                old.add(new Archive(template.file(), HostPath.of(path).resolve("template/cache/" + template.file())));
            }
        }
        return old;
    }
}
