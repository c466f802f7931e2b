package dev.tengil.oci;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request to a registry, before anyone knows how to sign in there.
 *
 * @param method {@code GET} or {@code HEAD}
 * @param target path and query, beginning with {@code /v2/}
 * @param accept media types; empty for any
 * @param repository whose login counts; empty for the registry as a whole
 * @param scope what a token must allow; empty for nothing but being known
 * @param range of bytes, as HTTP writes it; null for all
 */
record Ask(
        String method,
        String target,
        List<String> accept,
        String repository,
        String scope,
        @Nullable String range) {

    /** Of a repository, which a token must allow to pull from. */
    static Ask of(String method, String repository, String what, List<String> accept) {
        return new Ask(
                method,
                "/v2/" + repository + "/" + what,
                accept,
                repository,
                "repository:" + repository + ":pull",
                null);
    }

    /** Whether anybody is there who speaks the protocol, and lets us in. */
    static Ask ping() {
        return new Ask("GET", "/v2/", List.of(), "", "", null);
    }

    Ask withTarget(String newTarget) {
        return new Ask(method, newTarget, accept, repository, scope, range);
    }

    Ask withRange(@Nullable String newRange) {
        return new Ask(method, target, accept, repository, scope, newRange);
    }
}
