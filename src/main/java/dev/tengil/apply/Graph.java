package dev.tengil.apply;

import dev.tengil.model.Address;
import dev.tengil.resource.Change;
import dev.tengil.resource.Phase;
import dev.tengil.resource.Step;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which steps may begin now. Knows dependencies, phases and exclusive things; not threads. A step is ready when the steps of all addresses
 * it comes after have succeeded; it is doomed when one of them has not.
 */
final class Graph {

    /** Steps are known by their address: comparing whole steps would compare every byte they write. */
    private final Map<Address, Step> waiting = new LinkedHashMap<>();

    private final Map<Address, Set<Address>> before = new HashMap<>();
    private final Map<Address, List<Address>> dependents = new HashMap<>();
    private final Map<Address, Set<Address>> afterStart = new HashMap<>();
    private final Set<String> inUse = new HashSet<>();

    Graph(List<Step> steps) {
        Map<Address, Address> stepOf = new HashMap<>();
        List<Address> preparing = new ArrayList<>();
        for (Step step : steps) {
            waiting.put(step.address(), step);
            if (step.phase() == Phase.PREPARE) {
                preparing.add(step.address());
            }
            for (Change change : step.changes()) {
                stepOf.put(change.address(), step.address());
            }
        }
        for (Step step : steps) {
            Set<Address> first = new HashSet<>();
            Set<Address> wholly = new HashSet<>();
            for (Address address : step.after()) {
                Address other = stepOf.get(address);
                if (other != null && !other.equals(step.address())) {
                    first.add(other);
                    if (!step.afterStart().contains(address)) {
                        wholly.add(other);
                    }
                }
            }
            if (step.phase() == Phase.CHANGE) {
                first.addAll(preparing);
                wholly.addAll(preparing);
            }
            Set<Address> started = new HashSet<>(first);
            started.removeAll(wholly);
            afterStart.put(step.address(), started);
            before.put(step.address(), first);
            first.forEach(other ->
                    dependents.computeIfAbsent(other, key -> new ArrayList<>()).add(step.address()));
        }
    }

    /** The next step that may begin; null when none can. */
    @Nullable
    Step next() {
        for (Step step : waiting.values()) {
            if (before.getOrDefault(step.address(), Set.of()).isEmpty()
                    && step.exclusive().stream().noneMatch(inUse::contains)) {
                waiting.remove(step.address());
                inUse.addAll(step.exclusive());
                return step;
            }
        }
        return null;
    }

    /** A step came so far that those may begin which only wait for that; whether it succeeds is nothing to them any more. */
    void started(Step step) {
        List<Address> others = dependents.getOrDefault(step.address(), List.of());
        for (Address other : List.copyOf(others)) {
            if (afterStart.getOrDefault(other, Set.of()).contains(step.address())) {
                others.remove(other);
                Set<Address> open = before.get(other);
                if (open != null) {
                    open.remove(step.address());
                }
            }
        }
    }

    /** A step that had begun succeeded. */
    void succeeded(Step step) {
        inUse.removeAll(step.exclusive());
        for (Address other : dependents.getOrDefault(step.address(), List.of())) {
            Set<Address> open = before.get(other);
            if (open != null) {
                open.remove(step.address());
            }
        }
    }

    /** A step that had begun failed; gives the steps that can therefore never begin, direct dependents first. */
    List<Step> failed(Step step) {
        inUse.removeAll(step.exclusive());
        List<Step> doomed = new ArrayList<>();
        Deque<Address> open = new ArrayDeque<>(List.of(step.address()));
        while (!open.isEmpty()) {
            for (Address other : dependents.getOrDefault(open.remove(), List.of())) {
                Step never = waiting.remove(other);
                if (never != null) {
                    doomed.add(never);
                    open.add(other);
                }
            }
        }
        return doomed;
    }

    /** Steps that have not begun. */
    List<Step> waiting() {
        return List.copyOf(waiting.values());
    }
}
