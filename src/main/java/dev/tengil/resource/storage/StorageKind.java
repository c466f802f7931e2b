package dev.tengil.resource.storage;

import dev.tengil.host.Command;
import dev.tengil.model.Diagnostic;
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
import dev.tengil.resource.facts.Storage;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A storage is added when it is missing; one that exists is used as it is, and never removed: other guests may lie on it. */
public final class StorageKind implements Kind<StorageResource> {

    @Override
    public String name() {
        return "storage";
    }

    @Override
    public Class<StorageResource> type() {
        return StorageResource.class;
    }

    @Override
    public KindPlan plan(List<StorageResource> desired, List<AppliedResource> gone, PlanContext context) {
        KindPlan.Builder plan = new KindPlan.Builder();
        for (StorageResource wanted : desired) {
            Storage found = context.facts().storages().get(wanted.id());
            AppliedResource outcome = AppliedResource.of(
                    wanted.address(), Map.of("pool", FieldValue.of(wanted.pool().value())), Map.of());
            if (found == null) {
                plan.add(add(wanted, outcome));
            } else if (!wanted.pool().value().equals(found.pool())) {
                context.diagnostics()
                        .add(Diagnostic.error(
                                        "storage.differs",
                                        "storage " + wanted.id() + " exists and uses "
                                                + (found.pool() == null ? "no ZFS pool" : found.pool()) + ", not "
                                                + wanted.pool())
                                .at(wanted.span())
                                .help("Name another storage."));
            } else {
                plan.unchanged(outcome);
            }
        }
        for (AppliedResource left : gone) {
            Change change = new Change(
                    left.address(), Action.FORGET, List.of(), List.of("it stays in Proxmox"), null, null, null);
            plan.add(Step.of(change, Phase.CHANGE, List.of(), Set.of()));
        }
        return plan.build();
    }

    private static Step add(StorageResource wanted, AppliedResource outcome) {
        Change change = new Change(
                wanted.address(),
                Action.CREATE,
                List.of(
                        new FieldChange("pool", null, wanted.pool().value(), Effect.LIVE, null),
                        new FieldChange("content", null, "images,rootdir", Effect.LIVE, null)),
                List.of(),
                outcome,
                null,
                wanted.span());
        Operation add = Operation.Run.of(
                "add storage " + wanted.id(),
                Command.changes(
                        "pvesm",
                        "add",
                        "zfspool",
                        wanted.id(),
                        "--pool",
                        wanted.pool().value(),
                        "--content",
                        "images,rootdir",
                        "--sparse",
                        "1"));
        return Step.of(change, Phase.CHANGE, List.of(add), wanted.dependsOn()).exclusively("storage.cfg");
    }

    @Override
    public List<AppliedResource> rebuild(Facts facts, String stack) {
        return List.of();
    }
}
