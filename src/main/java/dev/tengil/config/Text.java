package dev.tengil.config;

import dev.tengil.model.Literal;
import dev.tengil.model.Secret;
import org.jspecify.annotations.Nullable;

/**
 * A scalar after its variables were put in.
 *
 * @param shown the text, in which secrets stand as {@code ${secret:name}}
 * @param secret the whole text, when a secret went into it
 * @param plain whether it may be meant as a number
 */
record Text(String shown, @Nullable Secret secret, boolean plain) {

    static Text of(String text, boolean plain) {
        return new Text(text, null, plain);
    }

    static Text of(Secret secret) {
        return new Text("${secret:" + secret.name() + "}", secret, false);
    }

    /** This text with another behind it. */
    Text plus(Text next) {
        if (shown.isEmpty() && secret == null) {
            return new Text(next.shown, next.secret, false);
        }
        if (next.shown.isEmpty() && next.secret == null) {
            return new Text(shown, secret, false);
        }
        String both = shown + next.shown;
        if (secret == null && next.secret == null) {
            return new Text(both, null, false);
        }
        return new Text(both, new Secret(both, () -> reveal(this) + reveal(next)), false);
    }

    Literal literal() {
        return new Literal(secret == null ? shown : secret.name(), plain && secret == null, secret);
    }

    private static String reveal(Text text) {
        return text.secret == null ? text.shown : text.secret.reveal();
    }
}
