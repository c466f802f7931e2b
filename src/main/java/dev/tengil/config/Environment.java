package dev.tengil.config;

import dev.tengil.model.Parsed;
import dev.tengil.model.Secret;
import org.jspecify.annotations.Nullable;

/** What a configuration may ask of the world around it. A port, so that reading a configuration stays a pure function. */
public interface Environment {

    /** The value of an environment variable; null when it is not set. */
    @Nullable
    String variable(String name);

    /**
     * The text of a file named by {@code ${file:PATH}}.
     *
     * @param path as written; a relative one counts from the directory of the configuration
     */
    Parsed<String> file(String path);

    /** The secret of this name. Its value may still be unknown, and need not be looked up before it is revealed. */
    Parsed<Secret> secret(String name, SecretSource source);

    /** A world in which nothing is set and no file exists; secrets have names and no values. */
    static Environment empty() {
        return new Environment() {
            @Override
            public @Nullable String variable(String name) {
                return null;
            }

            @Override
            public Parsed<String> file(String path) {
                return Parsed.bad("there is no file " + path);
            }

            @Override
            public Parsed<Secret> secret(String name, SecretSource source) {
                return Parsed.ok(new Secret(name, () -> {
                    throw new IllegalStateException("the value of the secret " + name + " is not known here");
                }));
            }
        };
    }
}
