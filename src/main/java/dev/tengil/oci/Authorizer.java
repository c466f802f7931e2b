package dev.tengil.oci;

import dev.tengil.oci.credentials.Credential;
import dev.tengil.oci.credentials.Login;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Signs in at one server as it wants it: not at all, with the login in each request, or with tokens. Learns from the first refusal; keeps
 * a token for each scope.
 */
final class Authorizer {

    /** ghcr.io asks for this scope, whatever one wants, when it does not know yet what that is. */
    private static final String PLACEHOLDER = "repository:user/image:pull";

    private final TokenService tokens;
    private final Function<String, @Nullable Credential> logins;
    private final Map<String, Token> fetched = new HashMap<>();
    private @Nullable Challenge way;

    /** @param logins the credential for a repository, or for the whole server when it is empty */
    Authorizer(TokenService tokens, Function<String, @Nullable Credential> logins) {
        this.tokens = tokens;
        this.logins = logins;
    }

    /** What to send along by what is known so far; null for nothing. */
    synchronized @Nullable String header(Ask ask, String what, Deadline deadline) throws RegistryException {
        Challenge known = way;
        if (known == null) {
            return null;
        }
        if (known.scheme().equals("basic")) {
            return logins.apply(ask.repository()) instanceof Credential.Password(Login login, String _)
                    ? "Basic " + login.basic().reveal()
                    : null;
        }
        Token token = fetched.get(ask.scope());
        if (token == null || !token.isFresh()) {
            token = tokens.fetch(known, ask.scope(), logins.apply(ask.repository()), what, deadline);
            fetched.put(ask.scope(), token);
        }
        return "Bearer " + token.value().reveal();
    }

    /** Learns from a 401; whether it is worth to ask again. */
    synchronized boolean learn(Answer refusal, Ask ask, String what, Deadline deadline) throws RegistryException {
        List<Challenge> offered = Challenge.parse(refusal.headers().allValues("WWW-Authenticate"));
        for (Challenge each : offered) {
            if (each.scheme().equals("bearer") && each.value("realm") != null) {
                way = each;
                fetched.put(
                        ask.scope(),
                        tokens.fetch(each, scope(each, ask), logins.apply(ask.repository()), what, deadline));
                return true;
            }
        }
        for (Challenge each : offered) {
            if (each.scheme().equals("basic")) {
                boolean news = way == null;
                way = each;
                return news && logins.apply(ask.repository()) instanceof Credential.Password;
            }
        }
        return false;
    }

    /** The credential that goes along with this. */
    synchronized @Nullable Credential shown(Ask ask) {
        Challenge known = way;
        return known == null ? null : logins.apply(ask.repository());
    }

    /** Whether it was let in, as the one it says it is: it then lacks a right, not a login. */
    synchronized boolean isKnown(Ask ask) {
        Challenge known = way;
        return known != null && known.scheme().equals("bearer") && fetched.containsKey(ask.scope());
    }

    private static String scope(Challenge challenge, Ask ask) {
        String wanted = challenge.value("scope");
        return wanted == null || wanted.isEmpty() || wanted.equals(PLACEHOLDER) ? ask.scope() : wanted;
    }
}
