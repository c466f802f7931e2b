package dev.tengil.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects diagnostics in the order they were found; the same one said twice is kept once. */
public final class Diagnostics {

    private final Set<Diagnostic> found = new LinkedHashSet<>();
    private int errors;

    /** Adds one. */
    public void add(Diagnostic diagnostic) {
        found.add(diagnostic);
        if (diagnostic.severity() == Severity.ERROR) {
            errors++;
        }
    }

    /** Adds all of another collection. */
    public void addAll(Iterable<Diagnostic> diagnostics) {
        diagnostics.forEach(this::add);
    }

    /** Whether any of them stops the run. */
    public boolean hasErrors() {
        return errors > 0;
    }

    /** How often one that stops the run was added, the same one again included. */
    public int errors() {
        return errors;
    }

    public List<Diagnostic> all() {
        return List.copyOf(found);
    }

    /** By their place in the file, those without one first, however they were found. */
    public List<Diagnostic> byPlace() {
        return found.stream()
                .sorted(Comparator.comparingInt(diagnostic -> {
                    Span span = diagnostic.span();
                    return span == null ? -1 : span.start();
                }))
                .toList();
    }

    /** Those of one severity, in order. */
    public List<Diagnostic> of(Severity severity) {
        return new ArrayList<>(
                found.stream().filter(d -> d.severity() == severity).toList());
    }
}
