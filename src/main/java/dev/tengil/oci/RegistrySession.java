package dev.tengil.oci;

import dev.tengil.model.Diagnostic;
import dev.tengil.oci.credentials.Credential;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Talks with one server: finds out how, signs in, follows where it sends us, waits when it is busy. */
final class RegistrySession {
    static final String AGENT = "tengil";

    private static final int MOST_REDIRECTS = 5;

    private final Transport transport;
    private final Source source;
    private final Authorizer own;
    private final Map<String, Authorizer> strangers = new ConcurrentHashMap<>();
    private @Nullable URI root;

    RegistrySession(Transport transport, Source source, Function<String, @Nullable Credential> logins) {
        this.transport = transport;
        this.source = source;
        this.own = new Authorizer(new TokenService(transport, source), logins);
    }

    Source source() {
        return source;
    }

    /**
     * The answer, whatever its status.
     *
     * @param what is wanted, for the one who reads a refusal
     * @param limit bytes of the body
     */
    Answer ask(Ask ask, String what, int limit, Deadline deadline) throws RegistryException {
        return ask(ask, what, () -> BodyReader.upTo(limit), deadline);
    }

    /** The same, with a body that goes into a sink, which may be begun more than once. */
    Answer ask(Ask ask, String what, Sink sink, Deadline deadline) throws RegistryException {
        return ask(ask, what, () -> BodyReader.into(sink), deadline);
    }

    /** The answer that says 200, or 206 for a range; any other is thrown. */
    Answer get(Ask ask, String what, int limit, Deadline deadline) throws RegistryException {
        Answer answer = ask(ask, what, limit, deadline);
        if (answer.status() != 200) {
            throw refusal(answer, ask, what);
        }
        return answer;
    }

    /** Why it refused. */
    RegistryException refusal(Answer answer, Ask ask, String what) {
        Credential shown = own.shown(ask);
        return answer.status() == 401 && shown != null && own.isKnown(ask)
                ? Refusal.forbidden(source.host(), what, shown)
                : Refusal.of(answer, source.host(), what, shown);
    }

    private Answer ask(Ask ask, String what, Supplier<BodyReader> body, Deadline deadline) throws RegistryException {
        return new Patience(deadline).answer(() -> follow(ask, what, body, deadline));
    }

    private Answer follow(Ask ask, String what, Supplier<BodyReader> body, Deadline deadline) throws RegistryException {
        URI uri = root(deadline).resolve(ask.target());
        for (int hop = 0; hop <= MOST_REDIRECTS; hop++) {
            Answer answer = signedIn(uri, ask, what, body, deadline);
            switch (answer.status()) {
                case 301, 302, 303, 307, 308 -> uri = next(answer);
                default -> {
                    return answer;
                }
            }
        }
        throw redirect(source.host() + " sends us round in circles");
    }

    private Answer signedIn(URI uri, Ask ask, String what, Supplier<BodyReader> body, Deadline deadline)
            throws RegistryException {
        Authorizer authorizer = authorizer(uri, deadline);
        Answer answer = send(uri, ask, authorizer.header(ask, what, deadline), body.get(), deadline);
        return answer.status() == 401 && authorizer.learn(answer, ask, what, deadline)
                ? send(uri, ask, authorizer.header(ask, what, deadline), body.get(), deadline)
                : answer;
    }

    /** A login is for its own server alone; where that sends us on to, nobody knows us. */
    private Authorizer authorizer(URI uri, Deadline deadline) throws RegistryException {
        URI home = root(deadline);
        if (uri.getScheme().equals(home.getScheme()) && uri.getAuthority().equals(home.getAuthority())) {
            return own;
        }
        Source stranger = new Source(uri.getAuthority(), uri.getAuthority(), "", false, source.confidence(uri));
        return strangers.computeIfAbsent(
                uri.getAuthority(), key -> new Authorizer(new TokenService(transport, stranger), repository -> null));
    }

    private Answer send(URI uri, Ask ask, @Nullable String authorization, BodyReader body, Deadline deadline)
            throws RegistryException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .method(ask.method(), HttpRequest.BodyPublishers.noBody())
                .header("User-Agent", AGENT);
        if (!ask.accept().isEmpty()) {
            request.header("Accept", String.join(", ", ask.accept()));
        }
        if (ask.range() != null) {
            request.header("Range", ask.range());
        }
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        return transport.send(request.build(), source.confidence(uri), body, deadline);
    }

    private URI next(Answer answer) throws RegistryException {
        URI next;
        try {
            next = answer.uri().resolve(answer.header("Location").orElse(""));
        } catch (IllegalArgumentException e) {
            throw redirect(source.host() + " sends us to an address that is none");
        }
        if (!source.mayAsk(next)) {
            throw redirect(source.host() + " sends us to " + next.getAuthority() + " without encryption");
        }
        return next;
    }

    private static RegistryException redirect(String sentence) {
        return new RegistryException(
                RegistryException.Kind.UNUSABLE,
                Diagnostic.error("registry.redirect", sentence)
                        .help("It was not followed. If the registry is your own, set it up to send to https addresses,"
                                + " or name it under registries: with insecure: true."));
    }

    /** Where it answers. An insecure one is asked with encryption first, which many have with a certificate of their own making. */
    private synchronized URI root(Deadline deadline) throws RegistryException {
        URI known = root;
        if (known == null) {
            URI encrypted = URI.create("https://" + source.api());
            known = !source.insecure() || answers(encrypted, deadline)
                    ? encrypted
                    : URI.create("http://" + source.api());
            root = known;
        }
        return known;
    }

    private boolean answers(URI uri, Deadline deadline) throws RegistryException {
        try {
            Deadline half = deadline.atMost(deadline.left().dividedBy(2));
            send(uri.resolve("/v2/"), Ask.ping(), null, BodyReader.upTo(1 << 20), half.atMost(transport.probe()));
            return true;
        } catch (RegistryException e) {
            if (e.kind() == RegistryException.Kind.INTERRUPTED) {
                throw e;
            }
            return false;
        }
    }
}
