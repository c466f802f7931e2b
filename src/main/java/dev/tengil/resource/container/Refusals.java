package dev.tengil.resource.container;

import dev.tengil.model.Diagnostic;
import dev.tengil.resource.FieldChange;
import dev.tengil.resource.FieldValue;
import dev.tengil.resource.PlanContext;
import java.util.Map;
import java.util.Set;

/** Changes that cannot be made, or that are nothing to do. */
final class Refusals {
    /** Leaving the file changes nothing for these: Proxmox has no default to go back to, or it was a fact of the creation. */
    private static final Set<String> STAYS = Set.of(
            "memory",
            "hostname",
            "disk",
            "storage",
            "unprivileged",
            "image",
            "template",
            "post_install",
            "state",
            "network");

    /** Of those, what a person may expect to go back. */
    private static final Set<String> TOLD = Set.of("memory", "hostname", "disk", "network");

    private Refusals() {}

    /** Whether leaving the file changes nothing for a field. */
    static boolean stays(String field) {
        return STAYS.contains(field);
    }

    /** Whether the change is to be made; says why not otherwise. */
    static boolean keep(
            Container container,
            FieldChange change,
            Map<String, FieldValue> desired,
            Map<String, FieldValue> actual,
            PlanContext context) {
        String field = change.field();
        if (change.after() == null && STAYS.contains(field)) {
            if (TOLD.contains(field)) {
                context.diagnostics()
                        .add(Diagnostic.note(
                                        "container.stays",
                                        field + " is no longer in the file; " + container.name() + " keeps "
                                                + change.before())
                                .at(container.span()));
            }
            return false;
        }
        FieldValue wanted = desired.get(field);
        FieldValue found = actual.get(field);
        if (wanted == null || found == null) {
            return true;
        }
        return switch (field) {
            case "disk" -> {
                if (Long.parseLong(wanted.canonical()) < Long.parseLong(found.canonical())) {
                    ContainerKind.refuse(
                            context,
                            container,
                            "container.disk-shrinks",
                            "the root disk of " + container.name() + " has " + found.shown() + " and cannot shrink to "
                                    + wanted.shown(),
                            "Write disk: " + found.shown() + ", or take it out.");
                    yield false;
                }
                yield true;
            }
            case "template" -> {
                if (context.options().replace().contains(container.address())) {
                    yield true;
                }
                context.diagnostics()
                        .add(Diagnostic.note(
                                        "container.template-stays",
                                        container.name() + " was made from " + found.shown()
                                                + "; another template changes nothing for it")
                                .at(container.span())
                                .help("Write template: " + found.shown()
                                        + ", and this note goes away; or make it anew: --replace "
                                        + container.address()));
                yield false;
            }
            default -> true;
        };
    }
}
