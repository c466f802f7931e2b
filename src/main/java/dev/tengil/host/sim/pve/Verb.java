package dev.tengil.host.sim.pve;

import org.jspecify.annotations.Nullable;

/** The four ways to call a path of the API. */
enum Verb {
    GET("get", "GET"),
    SET("set", "PUT"),
    CREATE("create", "POST"),
    DELETE("delete", "DELETE");

    private final String word;
    private final String method;

    Verb(String word, String method) {
        this.word = word;
        this.method = method;
    }

    /** As pvesh has it. */
    String word() {
        return word;
    }

    /** As HTTP has it. */
    String method() {
        return method;
    }

    static @Nullable Verb of(String text) {
        for (Verb verb : values()) {
            if (verb.word.equals(text) || verb.method.equals(text)) {
                return verb;
            }
        }
        return null;
    }
}
