package dev.tengil.resource;

import java.util.ArrayList;
import java.util.List;

/**
 * What one kind has to do.
 *
 * @param steps nodes of the plan's graph
 * @param unchanged what Applied shall hold of resources that need nothing: saved with the next apply, never shown as a change
 */
public record KindPlan(List<Step> steps, List<AppliedResource> unchanged) {

    /** Collects one resource after the other. */
    public static final class Builder {
        private final List<Step> steps = new ArrayList<>();
        private final List<AppliedResource> unchanged = new ArrayList<>();

        public void add(Step step) {
            steps.add(step);
        }

        public void unchanged(AppliedResource resource) {
            unchanged.add(resource);
        }

        public KindPlan build() {
            return new KindPlan(List.copyOf(steps), List.copyOf(unchanged));
        }
    }
}
