package dev.tengil.resource.container;

import dev.tengil.model.Address;
import dev.tengil.model.Diagnostic;
import dev.tengil.model.Fields;
import dev.tengil.model.ImageReference;
import dev.tengil.model.Key;
import dev.tengil.model.Located;
import dev.tengil.model.Span;
import dev.tengil.resource.AppliedResource;
import dev.tengil.resource.Need;
import dev.tengil.resource.ResolveContext;
import dev.tengil.resource.facts.Facts;
import dev.tengil.resource.facts.Guest;
import dev.tengil.resource.facts.GuestConf;
import dev.tengil.resource.facts.ImageFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The work on one container: what is asked, what is known, and what has been decided so far. */
final class Scope {
    final Merged asked;
    final ContainerInputs inputs;
    final ResolveContext context;
    final Address address;

    /** The guest that it is already; null when it will be made. */
    final @Nullable Guest found;

    final boolean existing;

    /** What an apply that was cut off had begun with it; null for nothing. */
    final @Nullable Aside half;

    /** Whether another image takes the place of the one that it was made from. */
    private boolean updated;

    final SortedMap<String, String> choices = new TreeMap<>();
    final List<Need> needs = new ArrayList<>();
    final List<String> notes = new ArrayList<>();

    Scope(Merged asked, ContainerInputs inputs, ResolveContext context, @Nullable Guest found, boolean existing) {
        this.asked = asked;
        this.inputs = inputs;
        this.context = context;
        this.address = Container.addressOf(asked.name());
        this.found = found;
        this.existing = existing;
        this.half = Aside.halfDone(address, context.applied(), context.facts());
    }

    /** The image is known now; if it is another than before, what only a new container needs is needed. */
    void pinned(ImageReference image) {
        AppliedResource applied = context.applied().get(address);
        String before = applied == null ? null : applied.fields().get("image");
        updated = before != null && !before.equals(image.toString());
    }

    /** Whether another image takes the place of the one that it was made from. */
    boolean isUpdated() {
        return updated;
    }

    Facts facts() {
        return context.facts();
    }

    @Nullable
    GuestConf conf() {
        return found == null ? null : found.conf();
    }

    /** Whether it will be made: there is none yet, or a new one takes its place. */
    boolean made() {
        return found == null
                || updated
                || half != null
                || context.options().replace().contains(address);
    }

    /** What the registry said of an image, asked for by its digest or by its tag; null when nobody asked. */
    @Nullable
    ImageFacts image(ImageReference image) {
        ImageFacts byDigest = facts().images().get(image);
        return byDigest != null
                ? byDigest
                : facts().images().get(new ImageReference(image.registry(), image.repository(), image.tag(), null));
    }

    /** A choice made earlier, or null. */
    @Nullable
    String chosen(String choice) {
        AppliedResource intended =
                half == null ? null : context.applied().intended().get(address);
        String begun = intended == null ? null : intended.choice(choice);
        return begun != null ? begun : context.applied().choice(address, choice);
    }

    /** Choices made earlier whose names begin so. */
    SortedMap<String, String> chosenAll(String prefix) {
        SortedMap<String, String> chosen = new TreeMap<>();
        AppliedResource applied = context.applied().get(address);
        AppliedResource intended = context.applied().intended().get(address);
        for (AppliedResource each :
                new AppliedResource[] {applied, applied == null || half != null ? intended : null}) {
            if (each != null) {
                each.choices().forEach((name, value) -> {
                    if (name.startsWith(prefix)) {
                        chosen.put(name, value);
                    }
                });
            }
        }
        return chosen;
    }

    /** The value of the container's own key, else of {@code defaults}; those are not for containers that exist already. */
    <T> @Nullable Located<T> orDefault(Key<T> key) {
        Located<T> own = asked.one(key);
        Fields defaults = inputs.defaults();
        return own != null || existing || defaults == null ? own : defaults.get(key);
    }

    void error(String code, String message, @Nullable Span span, @Nullable String help) {
        context.diagnostics().add(Diagnostic.error(code, message).at(span).help(help));
    }

    void warn(String code, String message, @Nullable Span span, @Nullable String help) {
        context.diagnostics().add(Diagnostic.warning(code, message).at(span).help(help));
    }
}
