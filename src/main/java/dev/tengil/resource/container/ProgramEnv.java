package dev.tengil.resource.container;

import dev.tengil.model.ImageReference;
import dev.tengil.model.Located;
import dev.tengil.resource.Owner;
import dev.tengil.resource.facts.ImageFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * {@code PATH} and {@code HOME}, which Docker gives to every program and LXC does not (lxc start.c clears the environment). They are added
 * where neither the image nor the file says them.
 */
final class ProgramEnv {
    private static final String CHOICE = "added_env";
    private static final String PATH = "PATH";
    private static final String HOME = "HOME";
    private static final String USUAL_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private ProgramEnv() {}

    /** The variables of the file, and those that are missing. */
    static List<Container.Variable> complete(
            Scope scope, @Nullable ImageReference image, List<Container.Variable> variables) {
        if (image == null) {
            return variables;
        }
        SortedSet<String> missing = missing(scope, image);
        if (!missing.isEmpty()) {
            scope.choices.put(CHOICE, String.join(",", missing));
        }
        List<Container.Variable> complete = new ArrayList<>(variables);
        for (String name : missing) {
            String value = name.equals(PATH) ? USUAL_PATH : home(scope);
            if (value != null
                    && variables.stream().noneMatch(each -> each.name().equals(name))) {
                complete.add(new Container.Variable(name, value, null));
            }
        }
        return List.copyOf(complete);
    }

    private static SortedSet<String> missing(Scope scope, ImageReference image) {
        SortedSet<String> missing = new TreeSet<>();
        ImageFacts facts = scope.image(image);
        String before = scope.chosen(CHOICE);
        for (String name : List.of(PATH, HOME)) {
            boolean open = facts != null
                    ? facts.config().env().stream().noneMatch(line -> line.startsWith(name + "="))
                    : before != null && List.of(before.split(",", -1)).contains(name);
            if (open) {
                missing.add(name);
            }
        }
        return missing;
    }

    /** As Docker's, but for users with a name: theirs stands in the image only, and without HOME programs look it up there. */
    private static @Nullable String home(Scope scope) {
        Located<String> asked = scope.asked.one(ContainerKeys.USER);
        String user = asked != null ? asked.value() : scope.choices.get(IdMode.IMAGE_USER);
        Owner owner = user == null ? null : IdMode.known(user);
        return owner == null ? null : owner.uid() == 0 ? "/root" : "/";
    }
}
