package dev.tengil.host.sim;

import java.util.List;
import java.util.Map;

/** Refuses a key that means nothing: a misspelled one would otherwise describe a world, or a fault, that never comes to be. */
final class KnownKeys {

    private KnownKeys() {}

    /**
     * @param what has the keys, for the complaint
     * @throws IllegalArgumentException naming the first unknown key and those that there are
     */
    static void of(String what, Map<?, ?> said, List<String> known) {
        for (Object key : said.keySet()) {
            if (!known.contains(String.valueOf(key))) {
                throw new IllegalArgumentException(
                        what + " has no \"" + key + "\"; there are: " + String.join(", ", known));
            }
        }
    }
}
