package dev.tengil.check;

import dev.tengil.model.Diagnostic;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;

/** Two machines with one address take each other's packets away, now this one, now that one. */
final class NetworkAddresses implements Rule {

    @Override
    public List<Diagnostic> check(Preflight preflight) {
        List<NetworkCard> cards = NetworkCard.all(preflight);
        List<Diagnostic> found = new ArrayList<>();
        for (NetworkCard.Identity identity : NetworkCard.Identity.values()) {
            SortedMap<String, List<NetworkCard>> same = new TreeMap<>();
            for (NetworkCard card : cards) {
                String value = identity.of(card.options());
                if (value != null) {
                    same.computeIfAbsent(value, key -> new ArrayList<>()).add(card);
                }
            }
            same.forEach((value, holders) -> compare(identity, value, holders, found));
        }
        return found;
    }

    private static void compare(
            NetworkCard.Identity identity, String value, List<NetworkCard> holders, List<Diagnostic> found) {
        NetworkCard first = holders.getFirst();
        if (!first.declared()) {
            return;
        }
        for (NetworkCard other : holders.subList(1, holders.size())) {
            NetworkCard here = other.declared() ? other : first;
            NetworkCard there = other.declared() ? first : other;
            boolean starts = here.isNew(identity) || there.isNew(identity);
            boolean meet = here.running() && there.running();
            BiFunction<String, String, Diagnostic> said = starts && meet ? Diagnostic::error : Diagnostic::warning;
            String message = here.who() + " and " + there.who() + " have the same " + identity.word() + " "
                    + value.substring(value.lastIndexOf(' ') + 1) + (meet ? "" : ", and only one of them can run");
            Diagnostic diagnostic = identity == NetworkCard.Identity.HWADDR
                    ? said.apply("container.mac-taken", message)
                            .help("Give one of them another mac:, or none: tengil makes one.")
                    : said.apply("container.ip-taken", message)
                            .help(
                                    there.declared()
                                            ? "Give one of them another ip:."
                                            : "Give " + here.who()
                                                    + " another ip:, or stop and change the other one first.");
            found.add(diagnostic.at(here.span()));
        }
    }
}
