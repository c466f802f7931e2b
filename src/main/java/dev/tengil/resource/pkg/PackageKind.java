package dev.tengil.resource.pkg;

import dev.tengil.host.Command;
import dev.tengil.model.Address;
import dev.tengil.resource.Action;
import dev.tengil.resource.AppliedResource;
import dev.tengil.resource.Change;
import dev.tengil.resource.Effect;
import dev.tengil.resource.FieldChange;
import dev.tengil.resource.FieldValue;
import dev.tengil.resource.Kind;
import dev.tengil.resource.KindPlan;
import dev.tengil.resource.Operation;
import dev.tengil.resource.Phase;
import dev.tengil.resource.PlanContext;
import dev.tengil.resource.Step;
import dev.tengil.resource.facts.Facts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Packages are installed when they are missing and never removed: others may use them by then. What was there before us is not
 * recorded, so that it is never spoken of again.
 */
public final class PackageKind implements Kind<ServicePackage> {
    private static final Duration PATIENCE = Duration.ofMinutes(20);
    private static final int NAMED = 3;

    @Override
    public String name() {
        return "package";
    }

    @Override
    public Class<ServicePackage> type() {
        return ServicePackage.class;
    }

    @Override
    public KindPlan plan(List<ServicePackage> desired, List<AppliedResource> gone, PlanContext context) {
        KindPlan.Builder plan = new KindPlan.Builder();
        for (ServicePackage wanted : desired) {
            String pkg = wanted.address().name();
            AppliedResource applied = context.applied().get(wanted.address());
            if (!context.facts().packages().contains(pkg)) {
                plan.add(install(wanted, pkg));
            } else if (applied != null) {
                plan.unchanged(applied);
            }
        }
        for (AppliedResource left : gone) {
            Change forget = new Change(
                    left.address(),
                    Action.FORGET,
                    List.of(),
                    List.of("stays installed; nothing in the file needs it any more"),
                    null,
                    null,
                    null);
            plan.add(Step.of(forget, Phase.CHANGE, List.of(), Set.of()));
        }
        return plan.build();
    }

    private static Step install(ServicePackage wanted, String pkg) {
        AppliedResource outcome =
                AppliedResource.of(wanted.address(), Map.of("installed", FieldValue.of("yes")), Map.of());
        Change change = new Change(
                wanted.address(),
                Action.CREATE,
                List.of(new FieldChange("installed", null, "yes", Effect.LIVE, null)),
                List.of("needed by " + named(wanted)),
                outcome,
                null,
                wanted.span());
        // The recommended packages of samba alone would bring Python, an Active Directory and more.
        Command command = Command.changes(
                        "env",
                        "DEBIAN_FRONTEND=noninteractive",
                        "apt-get",
                        "install",
                        "-y",
                        "--no-install-recommends",
                        pkg)
                .withDeadline(PATIENCE);
        Operation operation = new Operation.Run("install package " + pkg, command, null, true);
        // Pulling an image is preparation, so what it needs must be there by then.
        boolean early =
                wanted.neededBy().stream().anyMatch(address -> address.kind().equals("image"));
        return Step.of(change, early ? Phase.PREPARE : Phase.CHANGE, List.of(operation), Set.of())
                .exclusively("apt");
    }

    private static String named(ServicePackage wanted) {
        List<String> names = new ArrayList<>();
        Iterator<Address> all = wanted.neededBy().iterator();
        while (all.hasNext() && names.size() < NAMED) {
            names.add(all.next().toString());
        }
        int more = wanted.neededBy().size() - names.size();
        return String.join(", ", names) + (more > 0 ? " and " + more + " more" : "");
    }

    @Override
    public List<AppliedResource> rebuild(Facts facts, String stack) {
        return List.of();
    }
}
