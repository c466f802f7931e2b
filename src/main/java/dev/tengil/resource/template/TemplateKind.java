package dev.tengil.resource.template;

import dev.tengil.host.Command;
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
import dev.tengil.resource.Step;
import dev.tengil.resource.facts.Facts;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Templates are downloaded by pveam, which checks their sums. They are a cache and are not kept in the state. */
public final class TemplateKind implements Kind<Template> {
    private static final Duration DOWNLOAD = Duration.ofHours(1);

    @Override
    public String name() {
        return "template";
    }

    @Override
    public Class<Template> type() {
        return Template.class;
    }

    @Override
    public KindPlan plan(List<Template> desired, List<AppliedResource> gone, PlanContext context) {
        KindPlan.Builder plan = new KindPlan.Builder();
        for (Template template : desired) {
            boolean there = context.facts().templates().stream()
                    .anyMatch(known -> known.file().equals(template.file())
                            && template.storage().equals(known.storage()));
            if (!there) {
                plan.add(download(template));
            }
        }
        return plan.build();
    }

    private static Step download(Template template) {
        Operation download = new Operation.Run(
                "download " + template.file(),
                Command.changes("pveam", "download", template.storage(), template.file())
                        .withDeadline(DOWNLOAD),
                null,
                true);
        Change change = new Change(
                template.address(),
                Action.CREATE,
                List.of(new FieldChange("storage", null, template.storage(), Effect.LIVE, null)),
                List.of(),
                null,
                null,
                template.span());
        return Step.of(change, Phase.PREPARE, List.of(download), Set.of());
    }

    @Override
    public List<AppliedResource> rebuild(Facts facts, String stack) {
        return List.of();
    }
}
