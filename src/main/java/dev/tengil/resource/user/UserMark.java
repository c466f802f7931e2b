package dev.tengil.resource.user;

import org.jspecify.annotations.Nullable;

/** The comment by which an account that tengil made is known again; a colon would end the field. */
final class UserMark {
    private static final String PREFIX = "tengil ";

    private UserMark() {}

    static String of(String stack) {
        return PREFIX + stack;
    }

    /** The stack that made the account; null when tengil did not. */
    static @Nullable String stack(String comment) {
        return comment.startsWith(PREFIX) ? comment.substring(PREFIX.length()) : null;
    }
}
