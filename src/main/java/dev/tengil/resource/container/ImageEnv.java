package dev.tengil.resource.container;

import dev.tengil.model.ImageReference;
import dev.tengil.resource.AppliedResource;
import dev.tengil.resource.FieldChange;
import dev.tengil.resource.facts.GuestConf;
import dev.tengil.resource.facts.ImageFacts;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The values that variables of the file took the place of. Proxmox keeps one list of variables, so what the image said is gone from the
 * host once the file says otherwise; it is kept as a choice, and comes back when the variable leaves the file.
 */
final class ImageEnv {

    private static final String CHOICE = "image_env.";

    private ImageEnv() {}

    /** Keeps what stands, or will stand, in the place of these variables. */
    static void keep(Scope scope, @Nullable ImageReference image, List<Container.Variable> variables) {
        AppliedResource applied = scope.context.applied().get(scope.address);
        for (Container.Variable variable : variables) {
            String name = variable.name();
            // Another image has other values.
            String kept = scope.isUpdated() && image != null && scope.image(image) != null
                    ? null
                    : scope.chosen(CHOICE + name);
            boolean owned =
                    !scope.isUpdated() && applied != null && applied.fields().containsKey("env." + name);
            // What stands in the place of a secret may be one too, and those are not kept in the state.
            if (kept == null && !owned && variable.secret() == null) {
                kept = value(present(scope, image), name);
            }
            if (kept != null) {
                scope.choices.put(CHOICE + name, kept);
            }
        }
    }

    private static List<String> present(Scope scope, @Nullable ImageReference image) {
        GuestConf conf = scope.conf();
        if (conf != null && !scope.isUpdated()) {
            return conf.env().stream().map(ContainerFields::utf8).toList();
        }
        ImageFacts facts = image == null ? null : scope.image(image);
        return facts == null ? List.of() : facts.config().env();
    }

    private static @Nullable String value(List<String> env, String name) {
        return env.stream()
                .filter(line -> line.startsWith(name + "="))
                .map(line -> line.substring(name.length() + 1))
                .findFirst()
                .orElse(null);
    }

    /** The change with the image's value in the place of one that leaves the file; null when that value stands there already. */
    static @Nullable FieldChange back(@Nullable FieldChange change, @Nullable AppliedResource applied) {
        if (change == null) {
            return null;
        }
        String name = change.field();
        String value = applied == null || change.after() != null || !name.startsWith("env.")
                ? null
                : applied.choice(CHOICE + name.substring("env.".length()));
        if (value == null) {
            return change;
        }
        return value.equals(change.before())
                ? null
                : new FieldChange(
                        name, change.before(), value, change.effect(), "no longer in the file; as it was before");
    }
}
