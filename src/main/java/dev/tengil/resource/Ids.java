package dev.tengil.resource;

import dev.tengil.model.Parsed;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Turns names of users and groups into numbers: those that the file declares first, then those of the host.
 *
 * @param users uid by name
 * @param primaryGroups gid by user name
 * @param groups gid by name
 */
public record Ids(Map<String, Integer> users, Map<String, Integer> primaryGroups, Map<String, Integer> groups) {

    private static final int HIGHEST = 2_000_000_000;

    /** Reads {@code user[:group]}, names or numbers; without a group it is the user's own, or the number again. */
    public Parsed<Owner> owner(String text) {
        int colon = text.indexOf(':');
        String user = colon < 0 ? text : text.substring(0, colon);
        Parsed<Integer> uid = id(user, users, "user");
        if (colon < 0) {
            Integer primary = primaryGroups.get(user);
            return uid.map(number -> new Owner(number, primary == null ? number : primary));
        }
        Parsed<Integer> gid = id(text.substring(colon + 1), groups, "group");
        return uid.then(number -> gid.map(group -> new Owner(number, group)));
    }

    public @Nullable Integer user(String name) {
        return users.get(name);
    }

    public @Nullable Integer group(String name) {
        return groups.get(name);
    }

    private static Parsed<Integer> id(String text, Map<String, Integer> known, String what) {
        if (text.matches("\\d{1,10}")) {
            long number = Long.parseLong(text);
            return number <= HIGHEST ? Parsed.ok((int) number) : Parsed.bad(text + " is too large for an id");
        }
        Integer found = known.get(text);
        return found != null
                ? Parsed.ok(found)
                : Parsed.bad("there is no " + what + " \"" + text + "\" in the file or on the host"
                        + dev.tengil.model.Nearest.suggestion(text, new TreeSet<>(known.keySet())));
    }
}
