package dev.tengil.resource.container;

import dev.tengil.resource.AppliedResource;
import java.util.ArrayList;
import java.util.List;

/** The digests that a container had before its present one, newest first: while their root disks are kept, so are their archives. */
final class Earlier {

    private static final String CHOICE = "earlier";

    /** As many as old root disks are kept at most. */
    private static final int MOST = 10;

    private Earlier() {}

    static void keep(Scope scope) {
        AppliedResource applied = scope.context.applied().get(scope.address);
        List<String> digests = new ArrayList<>();
        String before = applied == null ? null : applied.choice("digest");
        if (scope.isUpdated() && before != null) {
            digests.add(before);
        }
        String kept = applied == null ? null : applied.choice(CHOICE);
        if (kept != null) {
            List.of(kept.split(" ", -1)).stream()
                    .filter(each -> !digests.contains(each) && !each.equals(scope.choices.get("digest")))
                    .forEach(digests::add);
        }
        if (!digests.isEmpty()) {
            scope.choices.put(CHOICE, String.join(" ", digests.subList(0, Math.min(MOST, digests.size()))));
        }
    }
}
