package dev.tengil.resource.container;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;

/** Gives mounts their numbers: Proxmox mounts in their order, so a parent's must be lower than its children's. */
final class MountSlots {

    private MountSlots() {}

    /**
     * @param present target by number, foreign ones among them
     * @param wanted our targets, parents first
     * @param gone targets that are taken away
     */
    static Map<String, Integer> assign(SortedMap<Integer, String> present, List<String> wanted, Set<String> gone) {
        Map<String, Integer> slots = new HashMap<>();
        List<Integer> used = new ArrayList<>(present.keySet());
        present.forEach((index, target) -> {
            if (wanted.contains(target)) {
                slots.put(target, index);
            }
        });
        for (String target : wanted) {
            if (!slots.containsKey(target)) {
                int index = free(used, 0);
                slots.put(target, index);
                used.add(index);
            }
        }
        if (inOrder(slots)) {
            return slots;
        }
        List<Integer> foreign = new ArrayList<>();
        present.forEach((index, target) -> {
            if (!wanted.contains(target) && !gone.contains(target)) {
                foreign.add(index);
            }
        });
        slots.clear();
        int next = 0;
        for (String target : wanted) {
            next = free(foreign, next);
            slots.put(target, next++);
        }
        return slots;
    }

    private static boolean inOrder(Map<String, Integer> slots) {
        return slots.entrySet().stream()
                .allMatch(inner -> slots.entrySet().stream()
                        .noneMatch(outer -> inner.getKey().startsWith(outer.getKey() + "/")
                                && inner.getValue() < outer.getValue()));
    }

    private static int free(List<Integer> used, int from) {
        int index = from;
        while (used.contains(index)) {
            index++;
        }
        return index;
    }
}
