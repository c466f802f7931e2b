package dev.tengil.resource.container;

import dev.tengil.resource.facts.GuestConf;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The tag that says whose a container is: {@code tengil} for the stack main, {@code tengil-NAME} for another. */
final class Mark {
    private static final String TAG = "tengil";

    private Mark() {}

    static String of(String stack) {
        return stack.equals("main") ? TAG : TAG + "-" + stack.toLowerCase(java.util.Locale.ROOT);
    }

    /** Whose it is; null for nobody's. */
    static @Nullable String stackOf(GuestConf conf) {
        for (String tag : tags(conf)) {
            if (tag.equals(TAG)) {
                return "main";
            }
            if (tag.startsWith(TAG + "-")) {
                return tag.substring(TAG.length() + 1);
            }
        }
        return null;
    }

    static SortedSet<String> tags(GuestConf conf) {
        String tags = conf.option("tags");
        SortedSet<String> all = new TreeSet<>();
        if (tags != null) {
            List.of(tags.split("[;, ]+", -1)).stream()
                    .filter(tag -> !tag.isEmpty())
                    .forEach(all::add);
        }
        return all;
    }
}
