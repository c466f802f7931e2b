package dev.tengil.check;

import dev.tengil.model.Span;
import dev.tengil.resource.container.Container;
import dev.tengil.resource.container.PropertyString;
import dev.tengil.resource.facts.Guest;
import dev.tengil.resource.facts.GuestConf;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A network interface of a container: of the file, or of another that is on this node.
 *
 * @param who for a sentence: {@code container web}
 * @param declared whether the file speaks of the container
 * @param running whether the container runs, or will
 * @param options as the interface will be
 * @param before as it is now; null for a new one
 * @param span where the file speaks of it
 */
record NetworkCard(
        String who,
        boolean declared,
        boolean running,
        PropertyString options,
        @Nullable PropertyString before,
        @Nullable Span span) {

    /** All of them, those of the file first. Of virtual machines and other nodes nothing is known. */
    static List<NetworkCard> all(Preflight preflight) {
        List<NetworkCard> cards = new ArrayList<>();
        Set<Integer> declared = new HashSet<>();
        for (Container container : preflight.containers()) {
            declared.add(container.vmid().value());
            SortedMap<String, PropertyString> now = present(preflight.conf(container));
            SortedMap<String, PropertyString> then = new TreeMap<>(now);
            if (container.net() != null) {
                then.put("net0", container.net());
            }
            then.forEach((slot, options) -> cards.add(new NetworkCard(
                    "container " + container.name(),
                    true,
                    preflight.willRun(container),
                    options,
                    now.get(slot),
                    container.span())));
        }
        for (Guest guest : preflight.facts().guests().values()) {
            if (!declared.contains(guest.vmid().value()) && !Preflight.isTemplate(guest)) {
                String who = "container " + guest.vmid() + " (" + guest.name() + ")";
                present(guest.conf())
                        .forEach((slot, options) ->
                                cards.add(new NetworkCard(who, false, guest.running(), options, options, null)));
            }
        }
        return cards;
    }

    /** What waits for a restart counts as done. */
    private static SortedMap<String, PropertyString> present(@Nullable GuestConf conf) {
        SortedMap<String, PropertyString> found = new TreeMap<>();
        if (conf == null) {
            return found;
        }
        SortedMap<String, @Nullable String> all = new TreeMap<>(conf.options());
        all.putAll(conf.pending());
        all.forEach((key, value) -> {
            if (value != null && key.startsWith("net")) {
                found.put(key, PropertyString.parse(value));
            }
        });
        return found;
    }

    /** What no other card may have, too; each in a form in which equal ones are equal. */
    enum Identity {
        IP("address"),
        IP6("address"),
        HWADDR("MAC address");

        private final String word;

        Identity(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }

        /** Null when the card has none of its own. Addresses are told apart by the network, too: bridge and VLAN. */
        @Nullable
        String of(PropertyString card) {
            String key = name().toLowerCase(Locale.ROOT);
            String value = card.get(key);
            if (value == null) {
                return null;
            }
            if (this == HWADDR) {
                return value.toUpperCase(Locale.ROOT);
            }
            String network = card.get("bridge") + (card.get("tag") == null ? "" : "." + card.get("tag"));
            return value.contains("/") ? network + " " + address(value.substring(0, value.indexOf('/'))) : null;
        }

        /** One address of IPv6 has many spellings. */
        private static String address(String text) {
            try {
                return InetAddress.ofLiteral(text).getHostAddress();
            } catch (IllegalArgumentException e) {
                return text;
            }
        }
    }

    /** Whether the plan is what gives the card this identity. */
    boolean isNew(Identity identity) {
        String then = identity.of(options);
        return declared && then != null && (before == null || !then.equals(identity.of(before)));
    }
}
