package dev.tengil.check;

import dev.tengil.model.Diagnostic;
import dev.tengil.resource.container.Container;
import dev.tengil.resource.facts.Guest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** A name in the network leads to one machine; with two of them it leads now here, now there. */
final class Hostnames implements Rule {

    @Override
    public List<Diagnostic> check(Preflight preflight) {
        Map<String, Container> byName = new HashMap<>();
        Set<Integer> declared = new HashSet<>();
        List<Diagnostic> found = new ArrayList<>();
        for (Container container : preflight.containers()) {
            declared.add(container.vmid().value());
            Container other = byName.putIfAbsent(name(container), container);
            if (other != null && (isNew(container, preflight) || isNew(other, preflight))) {
                found.add(Diagnostic.error(
                                "container.hostname-taken",
                                "containers " + other.name() + " and " + container.name() + " both have the host name "
                                        + container.hostname())
                        .at(container.span())
                        .help("Give one of them another hostname:."));
            }
        }
        for (Guest guest : preflight.facts().guests().values()) {
            Container same = byName.get(guest.name().toLowerCase(Locale.ROOT));
            if (same != null
                    && !Preflight.isTemplate(guest)
                    && !declared.contains(guest.vmid().value())
                    && isNew(same, preflight)) {
                found.add(
                        Diagnostic.warning(
                                        "container.hostname-taken",
                                        (guest.container() ? "container " : "the virtual machine ") + guest.vmid()
                                                + " on the node " + guest.node() + " has the host name "
                                                + same.hostname() + ", too")
                                .at(same.span())
                                .help(
                                        "In the network the name leads to one of the two only. Say another hostname: if both shall run."));
            }
        }
        return found;
    }

    private static String name(Container container) {
        return container.hostname().toLowerCase(Locale.ROOT);
    }

    private static boolean isNew(Container container, Preflight preflight) {
        Guest guest = preflight.guest(container);
        return guest == null || !guest.name().equalsIgnoreCase(container.hostname());
    }
}
