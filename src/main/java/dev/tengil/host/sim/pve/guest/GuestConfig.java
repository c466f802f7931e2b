package dev.tengil.host.sim.pve.guest;

import dev.tengil.host.sim.pve.schema.Format;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** A container's config in memory: what is, what waits for a restart, and what snapshots remember. */
public final class GuestConfig {

    private final Section current = new Section();
    private final Section pending = new Section();
    private final SortedMap<String, Boolean> deletes = new TreeMap<>();
    private final SortedMap<String, Section> snapshots = new TreeMap<>();

    /** What the container runs with. */
    public Section current() {
        return current;
    }

    /** What it will run with after a restart. */
    public Section pending() {
        return pending;
    }

    /** What goes at the next restart; true for one forced away. */
    public SortedMap<String, Boolean> deletes() {
        return deletes;
    }

    public SortedMap<String, Section> snapshots() {
        return snapshots;
    }

    /** Takes over a section as the current one. */
    void adopt(Section section) {
        current.replaceBy(section);
    }

    /** What waits becomes what is. */
    void settle(Section settled) {
        current.replaceBy(settled);
        deletes.clear();
        pending.replaceBy(new Section());
    }

    /** Whether anything waits for a restart. */
    public boolean hasPending() {
        return !pending.isEmpty() || !deletes.isEmpty();
    }

    /** What the API shows by default: current overlaid with pending. */
    public Section effective() {
        Section merged = current.copy();
        deletes.keySet().forEach(merged::remove);
        for (String key : pending.keys()) {
            String value = pending.get(key);
            if (value != null) {
                merged.set(key, value);
            }
        }
        return merged;
    }

    /** Remembers a change for the next restart; a value that stands already needs none. */
    public void postpone(String key, String value) {
        deletes.remove(key);
        if (value.equals(current.get(key))) {
            pending.remove(key);
        } else {
            pending.set(key, value);
        }
    }

    /** Remembers a removal for the next restart. */
    public void postponeDelete(String key) {
        pending.remove(key);
        deletes.put(key, false);
    }

    /** Forgets what waits for this option. */
    public void revert(String key) {
        pending.remove(key);
        deletes.remove(key);
    }

    Section snapshot(String name) {
        return snapshots.computeIfAbsent(name, _ -> new Section());
    }

    void delete(String list) {
        for (String item : Format.split(list)) {
            deletes.put(item.startsWith("!") ? item.substring(1) : item, item.startsWith("!"));
        }
    }

    String deleteText() {
        List<String> items = new ArrayList<>();
        deletes.forEach((key, force) -> items.add(force ? "!" + key : key));
        return String.join(",", items);
    }
}
