package dev.tengil.resource.image;

import dev.tengil.host.Command;
import dev.tengil.model.Address;
import dev.tengil.model.Diagnostic;
import dev.tengil.model.HostPath;
import dev.tengil.resource.Action;
import dev.tengil.resource.AppliedResource;
import dev.tengil.resource.Change;
import dev.tengil.resource.Effect;
import dev.tengil.resource.FieldChange;
import dev.tengil.resource.Kind;
import dev.tengil.resource.KindPlan;
import dev.tengil.resource.Operation;
import dev.tengil.resource.Phase;
import dev.tengil.resource.PlanContext;
import dev.tengil.resource.Pulls;
import dev.tengil.resource.Step;
import dev.tengil.resource.facts.Facts;
import dev.tengil.resource.facts.Storage;
import java.util.List;
import java.util.Set;

/**
 * Images are pulled by digest into archives that Proxmox unpacks. Its own pull takes tags only, so skopeo is called as Proxmox calls it.
 * Archives are a cache: they are not kept in the state.
 */
public final class ImageKind implements Kind<Image> {

    @Override
    public String name() {
        return "image";
    }

    @Override
    public Class<Image> type() {
        return Image.class;
    }

    @Override
    public KindPlan plan(List<Image> desired, List<AppliedResource> gone, PlanContext context) {
        KindPlan.Builder plan = new KindPlan.Builder();
        for (Image image : desired) {
            boolean there = context.facts().templates().stream()
                    .anyMatch(template -> template.file().equals(image.file())
                            && image.storage().equals(template.storage()));
            if (!there) {
                pull(image, plan, context);
            }
        }
        return plan.build();
    }

    private static void pull(Image image, KindPlan.Builder plan, PlanContext context) {
        Storage storage = context.facts().storages().get(image.storage());
        String path = storage == null ? null : storage.path();
        if (path == null) {
            context.diagnostics()
                    .add(Diagnostic.error(
                                    "container.no-template-storage",
                                    "the storage \"" + image.storage() + "\" has no directory for images")
                            .at(image.span())
                            .help("Name another with template_storage:. See: pvesm status --content vztmpl"));
            return;
        }
        String file =
                HostPath.of(path).resolve("template/cache/" + image.file()).value();
        // Proxmox lists only names that end like a template's.
        String part = file + ".part";
        Pulls.Way way = context.pulls().of(image.reference(), context.diagnostics());
        List<Operation> operations = List.of(
                Operation.Run.of("clear an earlier attempt", Command.changes("rm", "-f", "--", part)),
                new Operation.Pull(
                        "pull " + image.reference(), HostPath.of(part), way.from(), way.logins(), image.size()),
                Operation.Run.of("keep the archive", Command.changes("mv", "--", part, file)));
        Change change = new Change(
                image.address(),
                Action.CREATE,
                List.of(new FieldChange("image", null, image.reference().shown(), Effect.LIVE, null)),
                List.of(),
                null,
                null,
                image.span());
        // Packages are installed in the second phase, so a first pull waits there for skopeo.
        boolean ready = context.facts().packages().contains("skopeo");
        plan.add(
                ready
                        ? Step.of(change, Phase.PREPARE, operations, Set.of())
                        : Step.of(change, Phase.CHANGE, operations, Set.of(new Address("package", "skopeo"))));
    }

    @Override
    public List<AppliedResource> rebuild(Facts facts, String stack) {
        return List.of();
    }
}
