package dev.tengil.check;

import dev.tengil.model.Diagnostic;
import dev.tengil.resource.Applied;
import dev.tengil.resource.Resource;
import dev.tengil.resource.facts.Facts;
import java.util.Collection;
import java.util.List;

/** All preflight rules. */
public final class Checks {

    private Checks() {}

    public static List<Diagnostic> run(Collection<? extends Resource> desired, Facts facts, Applied applied) {
        return List.of();
    }
}
