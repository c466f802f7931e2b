package dev.tengil.resource.container;

import dev.tengil.resource.AppliedResource;
import dev.tengil.resource.FieldValue;
import dev.tengil.resource.KindPlan;
import dev.tengil.resource.PlanContext;
import dev.tengil.resource.Step;
import dev.tengil.resource.facts.Guest;
import dev.tengil.resource.facts.GuestConf;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a container whose place a new one was about to take when an apply was cut off: the new one is finished, or, when the file
 * no longer asks for its image, the old one is put back.
 */
final class Resumption {

    private final Container container;
    private final List<Container> all;
    private final PlanContext context;
    private final SortedMap<String, FieldValue> fields;
    private final AppliedResource outcome;
    private final @Nullable AppliedResource applied;
    private final @Nullable AppliedResource intended;
    private final Aside half;

    Resumption(
            Container container,
            List<Container> all,
            PlanContext context,
            SortedMap<String, FieldValue> fields,
            AppliedResource outcome,
            Aside half) {
        this.container = container;
        this.all = all;
        this.context = context;
        this.fields = fields;
        this.outcome = outcome;
        this.half = half;
        this.applied = context.applied().get(container.address());
        this.intended = context.applied().intended().get(container.address());
    }

    /** What was owned of the old one, when the file asks for its image again and not for that which was begun with; else null. */
    private @Nullable AppliedResource wanted() {
        boolean again = half.update() && isOf(applied) && !isOf(intended);
        return again ? applied : null;
    }

    private boolean isOf(@Nullable AppliedResource made) {
        return made != null
                && Objects.equals(made.fields().get("image"), outcome.fields().get("image"));
    }

    private Renewal renewal(AppliedResource left) {
        return new Renewal(container, all, context, fields, applied, left);
    }

    /** When nothing stands there. */
    void ofNone(KindPlan.Builder plan) {
        AppliedResource old = wanted();
        add(old != null ? renewal(old).takenBack(null, half) : renewal(outcome).carriedOn(half), plan);
    }

    /**
     * When a container stands there.
     *
     * @return false when the ordinary comparison is to go on: the old one stands there without its disk, or the new one was used already and
     *     the file asks for yet another image
     */
    boolean of(Guest guest, GuestConf conf, KindPlan.Builder plan) {
        AppliedResource old = wanted();
        if (!Aside.hasDisk(conf, context.facts())) {
            if (old != null) {
                plan.add(renewal(old).takenBack(guest, half));
            }
            return old != null;
        }
        if (!Mark.tags(conf).contains(Mark.of(context.applied().stack()))) {
            ContainerKind.refuse(
                    context,
                    container,
                    "container.vmid-taken",
                    "number " + guest.vmid() + " was taken by somebody else while " + container.name()
                            + " was made anew",
                    "Free the number, then run tg apply again. The old root disk is " + half.dataset()
                            + ", the old config "
                            + half.config(context.applied().stack()) + ".");
            return true;
        }
        if (old == null && !guest.running() && !isOf(intended)) {
            // It has not been started, so it is not complete, and nothing to go on from.
            old = applied;
        }
        if (old != null) {
            plan.add(renewal(old).takenBack(guest, half));
            return true;
        }
        if (isOf(intended)) {
            add(renewal(outcome).finished(guest, half), plan);
            return true;
        }
        return false;
    }

    private static void add(@Nullable Step step, KindPlan.Builder plan) {
        if (step != null) {
            plan.add(step);
        }
    }
}
