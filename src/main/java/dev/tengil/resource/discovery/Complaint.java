package dev.tengil.resource.discovery;

import dev.tengil.model.Diagnostic;
import dev.tengil.model.Diagnostics;
import dev.tengil.model.Span;
import org.jspecify.annotations.Nullable;

/** Says what a label cannot be made into; the others are written all the same. */
record Complaint(Diagnostics diagnostics, String container) {

    void label(String label, String why, Span span, @Nullable String help) {
        diagnostics.add(Diagnostic.warning(
                        "discovery.label", "the label " + label + " of container " + container + " is left out: " + why)
                .at(span)
                .help(help));
    }
}
