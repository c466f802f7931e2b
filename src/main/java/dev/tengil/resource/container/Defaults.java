package dev.tengil.resource.container;

import dev.tengil.resource.FieldChange;
import org.jspecify.annotations.Nullable;

/** What a container is given when it is made and the file says nothing; it gets the same when the file says nothing any more. */
final class Defaults {

    private Defaults() {}

    /** The change with the default in the place of what leaves the file; null when that stands there already. */
    static @Nullable FieldChange back(FieldChange change, Container container) {
        String value = change.after() == null && !(container.origin() instanceof Container.Origin.Existing)
                ? container.defaults().get(change.field())
                : null;
        if (value == null) {
            return change;
        }
        return value.equals(change.before())
                ? null
                : new FieldChange(
                        change.field(), change.before(), value, change.effect(), "no longer in the file; the default");
    }
}
