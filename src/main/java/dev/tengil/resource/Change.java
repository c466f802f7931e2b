package dev.tengil.resource;

import dev.tengil.model.Address;
import dev.tengil.model.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What happens to one resource, as the person sees it in the plan.
 *
 * @param fields in the order to show
 * @param notes what else to know: why a restart, what survives, what stays as it is
 * @param outcome what Applied holds afterwards; null when the resource is then forgotten
 * @param blocked why this will not run, as a person reads it behind "blocked: "; null when it will
 * @param span where the file asks for it
 */
public record Change(
        Address address,
        Action action,
        List<FieldChange> fields,
        List<String> notes,
        @Nullable AppliedResource outcome,
        @Nullable String blocked,
        @Nullable Span span) {
    public Change {
        fields = List.copyOf(fields);
        notes = List.copyOf(notes);
    }
}
