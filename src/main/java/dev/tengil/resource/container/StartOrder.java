package dev.tengil.resource.container;

import dev.tengil.model.Located;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The order in which Proxmox starts containers when the host boots. Those without one come last, so only those need one that others
 * depend on, behind what they depend on themselves.
 */
final class StartOrder {

    /** None is asked for and none is needed. */
    static final int NONE = -1;

    private final Map<String, Merged> containers = new TreeMap<>();
    private final Set<String> needed = new HashSet<>();
    private final Map<String, Integer> known = new HashMap<>();

    StartOrder(Collection<Merged> containers) {
        for (Merged container : containers) {
            this.containers.put(container.name(), container);
            container
                    .list(ContainerKeys.DEPENDS_ON)
                    .forEach(other -> needed.add(other.value().name()));
        }
    }

    /** The file's own, or what follows from {@code depends_on}. */
    int of(String name) {
        Merged container = containers.get(name);
        if (container == null) {
            return NONE;
        }
        Integer before = known.putIfAbsent(name, NONE);
        if (before != null) {
            // Also on the way around a circle, which the plan refuses.
            return before;
        }
        Located<ContainerShapes.Startup> asked = container.one(ContainerKeys.STARTUP);
        int order = asked == null ? NONE : asked.value().order();
        if (order == NONE && needed.contains(name)) {
            order = 1;
            for (Located<Dependency> other : container.list(ContainerKeys.DEPENDS_ON)) {
                order = Math.max(order, of(other.value().name()) + 1);
            }
        }
        known.put(name, order);
        return order;
    }
}
