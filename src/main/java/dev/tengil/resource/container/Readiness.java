package dev.tengil.resource.container;

import dev.tengil.model.Address;
import dev.tengil.resource.Change;
import dev.tengil.resource.HealthCheck;
import dev.tengil.resource.Operation;
import dev.tengil.resource.Phase;
import dev.tengil.resource.Step;
import dev.tengil.resource.Undo;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What stands around a start: before it those are waited for that must be healthy, behind it the container itself. Others that only need
 * it started begin meanwhile.
 */
record Readiness(Container container, Collection<Container> all) {

    /** Around operations by which it starts, or after which it must be well. */
    Step around(Change change, List<Operation> operations, String... exclusive) {
        List<Operation> whole = new ArrayList<>(healthyFirst());
        whole.addAll(operations);
        int started = whole.size();
        List<Operation> health = Gate.health(container);
        whole.addAll(health);
        return new Step(
                List.of(change),
                Phase.CHANGE,
                whole,
                container.dependsOn(),
                Set.of(exclusive),
                health.isEmpty()
                        ? List.of()
                        : Gate.witnesses(container).stream()
                                .map(look -> new Undo(started, look))
                                .toList(),
                health.isEmpty() ? Integer.MAX_VALUE : started,
                afterStart());
    }

    /** Around operations by which it does not start. */
    Step quiet(Change change, List<Operation> operations) {
        return new Step(
                List.of(change),
                Phase.CHANGE,
                operations,
                container.dependsOn(),
                Set.of(),
                List.of(),
                Integer.MAX_VALUE,
                afterStart());
    }

    /** Containers that need only have been started before. */
    Set<Address> afterStart() {
        return container.dependsOn().stream()
                .filter(other -> other.kind().equals(Container.KIND)
                        && !container.healthyFirst().contains(other))
                .collect(Collectors.toSet());
    }

    /** They need not have a step in the plan, and then nobody has asked them yet. */
    List<Operation> healthyFirst() {
        List<Operation> first = new ArrayList<>();
        for (Container other : all) {
            HealthCheck health = other.health();
            if (health != null && container.healthyFirst().contains(other.address())) {
                first.add(Operation.AwaitHealth.of(other.vmid(), other.name(), health));
            }
        }
        return first;
    }
}
