package dev.tengil.resource.container;

import dev.tengil.resource.AppliedResource;
import dev.tengil.resource.FieldValue;
import dev.tengil.resource.facts.Guest;
import dev.tengil.resource.facts.GuestConf;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What is set on a running container and takes effect only when it starts the next time. Proxmox keeps its own options in a pending
 * section; of the lines that only the config file can hold (environment, raw lines) it knows nothing, so an apply that does not restart
 * remembers them together with the process that still runs without them.
 */
public final class Waiting {

    private static final String CHOICE = "waits";

    private Waiting() {}

    /** Names of options and fields, for a person. */
    public static SortedSet<String> names(Guest guest, @Nullable AppliedResource applied) {
        SortedSet<String> names = new TreeSet<>(remembered(guest, applied));
        GuestConf conf = guest.conf();
        if (guest.running() && conf != null) {
            names.addAll(conf.pending().keySet());
        }
        return names;
    }

    /**
     * The fields that wait to be as wanted, those that shall go among them.
     *
     * @param later the container's fields once it has started again
     * @param now the container's fields as it runs
     */
    static SortedSet<String> of(
            Guest guest,
            @Nullable AppliedResource applied,
            Map<String, FieldValue> wanted,
            Map<String, FieldValue> later,
            Map<String, FieldValue> now) {
        SortedSet<String> waiting = remembered(guest, applied);
        if (!guest.running()) {
            return waiting;
        }
        wanted.forEach((name, value) -> {
            FieldValue then = later.get(name);
            FieldValue present = now.get(name);
            boolean comes = then != null && then.canonical().equals(value.canonical());
            boolean isThere = present != null && present.canonical().equals(value.canonical());
            if (comes && !isThere) {
                waiting.add(name);
            }
        });
        if (applied != null) {
            applied.fields().keySet().stream()
                    .filter(name -> !wanted.containsKey(name) && !later.containsKey(name) && now.containsKey(name))
                    .forEach(waiting::add);
        }
        return waiting;
    }

    private static SortedSet<String> remembered(Guest guest, @Nullable AppliedResource applied) {
        String choice = applied == null ? null : applied.choice(CHOICE);
        String[] words = choice == null ? new String[0] : choice.split(" ", -1);
        return words.length > 1 && guest.running() && words[0].equals(Long.toString(guest.pid()))
                ? new TreeSet<>(List.of(words).subList(1, words.length))
                : new TreeSet<>();
    }

    /** What Applied shall hold when these fields are left waiting. */
    static AppliedResource remember(AppliedResource outcome, Guest guest, Collection<String> fields) {
        SortedMap<String, String> choices = new TreeMap<>(outcome.choices());
        choices.put(CHOICE, guest.pid() + " " + String.join(" ", fields));
        return new AppliedResource(outcome.address(), outcome.fields(), choices);
    }
}
