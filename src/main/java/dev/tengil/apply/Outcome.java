package dev.tengil.apply;

import dev.tengil.resource.Step;
import java.util.List;

/**
 * How an apply ended.
 *
 * @param done steps that succeeded
 * @param failed steps that did not
 * @param skipped steps that were not begun
 * @param interrupted whether somebody asked to stop
 * @param saved whether the state is safe on the host
 */
public record Outcome(List<Step> done, List<Step> failed, List<Step> skipped, boolean interrupted, boolean saved) {

    public boolean isComplete() {
        return failed.isEmpty() && skipped.isEmpty() && saved;
    }
}
