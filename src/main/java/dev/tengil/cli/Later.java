package dev.tengil.cli;

import dev.tengil.model.Diagnostic;
import dev.tengil.model.Diagnostics;
import dev.tengil.model.Fields;
import dev.tengil.model.Key;
import dev.tengil.model.Located;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds keys whose work has not landed: valid, and refused, so that nobody believes they do something. */
final class Later {

    private final Diagnostics diagnostics;

    private Later(Diagnostics diagnostics) {
        this.diagnostics = diagnostics;
    }

    static void refuse(Fields fields, Diagnostics diagnostics) {
        new Later(diagnostics).look(fields);
    }

    private void look(@Nullable Object value) {
        switch (value) {
            case Fields fields -> {
                for (Key<?> key : fields.keys()) {
                    if (key.support() == Key.Support.LATER) {
                        diagnostics.add(Diagnostic.error("config.not-yet", "\"" + key.name() + "\" is not there yet")
                                .at(fields.nameSpan(key))
                                .help("Take it out for now; nothing would happen by it."));
                    } else {
                        look(fields.get(key));
                    }
                }
            }
            case Located<?>(Object inner, var span) -> look(inner);
            case Collection<?> list -> list.forEach(this::look);
            case Map<?, ?> map -> map.values().forEach(this::look);
            case null, default -> {
                // a plain value
            }
        }
    }
}
