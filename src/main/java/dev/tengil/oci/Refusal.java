package dev.tengil.oci;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.tengil.model.Diagnostic;
import dev.tengil.model.Parsed;
import dev.tengil.oci.credentials.Credential;
import dev.tengil.oci.image.StrictJson;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Says in plain words why a registry did not give what it was asked for, and what to do. */
final class Refusal {
    /** What is wanted when one only knocks. */
    static final String ANYTHING = "";

    private static final int LONGEST_MESSAGE = 200;

    private Refusal() {}

    /**
     * @param host that refused, as a person knows it
     * @param what was wanted, for example {@code the image ghcr.io/team/app:1}, or {@link #ANYTHING}
     * @param shown the credential that went along; null for none
     */
    static RegistryException of(Answer answer, String host, String what, @Nullable Credential shown) {
        return switch (answer.status()) {
            case 401 -> shown == null ? loginNeeded(host, what) : loginRefused(host, shown);
            case 403 -> shown == null ? loginNeeded(host, what) : forbidden(host, what, shown);
            case 404 ->
                new RegistryException(
                        RegistryException.Kind.NOT_THERE,
                        Diagnostic.error(
                                        "registry.not-there",
                                        host + " does not have " + (what.isEmpty() ? "a registry" : what)
                                                + said(answer))
                                .help("Check the spelling. Old tags are often removed; see which there are:"
                                        + " tg oci tags NAME"));
            case 429 -> limited(answer, host, shown);
            case 500, 501, 502, 503, 504, 505, 507, 520, 521, 522, 523, 524 ->
                new RegistryException(
                        RegistryException.Kind.OUT_OF_REACH,
                        Diagnostic.error(
                                        "registry.in-trouble",
                                        host + " is in trouble: it answered " + answer.status() + said(answer))
                                .help("Try again later. If the registry is your own, look at its log."));
            default ->
                new RegistryException(
                        RegistryException.Kind.UNUSABLE,
                        Diagnostic.error(
                                        "registry.unexpected",
                                        host + " answered " + answer.status()
                                                + (what.isEmpty() ? "" : " when asked for " + what)
                                                + said(answer))
                                .help("Check that a registry stands there, and not something else of that name."));
        };
    }

    /** Nobody is let in without a login. Docker Hub and ghcr.io say the same of what does not exist. */
    static RegistryException loginNeeded(String host, String what) {
        return new RegistryException(
                RegistryException.Kind.NOT_ALLOWED,
                Diagnostic.error(
                                "registry.login-needed",
                                what.isEmpty()
                                        ? host + " lets in only those who log in"
                                        : host + " does not have " + what + ", or shows it after a login only")
                        .help("Check the spelling. If it is not public: tg oci login " + host));
    }

    static RegistryException loginRefused(String host, Credential shown) {
        return new RegistryException(
                RegistryException.Kind.NOT_ALLOWED,
                Diagnostic.error("registry.login-refused", host + " does not accept " + name(shown))
                        .help("The login comes from " + shown.from() + ". Log in anew: tg oci login " + host));
    }

    static RegistryException forbidden(String host, String what, Credential shown) {
        return new RegistryException(
                RegistryException.Kind.NOT_ALLOWED,
                Diagnostic.error(
                                "registry.forbidden",
                                host + " knows " + name(shown) + " and does not let it "
                                        + (what.isEmpty() ? "in" : "have " + what))
                        .help("The login comes from " + shown.from()
                                + ". Check the spelling, ask for the right to pull,"
                                + " or use another login: tg oci login " + host));
    }

    private static RegistryException limited(Answer answer, String host, @Nullable Credential shown) {
        Duration wait = Patience.asked(answer, Clock.systemUTC());
        String until = wait == null ? "" : ", for " + words(wait);
        return new RegistryException(
                RegistryException.Kind.RATE_LIMITED,
                Diagnostic.error("registry.rate-limited", host + " wants to be asked less often" + until)
                        .help("Try again later."
                                + (shown == null
                                        ? " Who logs in may ask more often: tg oci login " + host
                                        : " A mirror: under registries: helps when it stays so.")));
    }

    private static String words(Duration wait) {
        long seconds = wait.toSeconds();
        return seconds < 120 ? seconds + " s" : seconds < 7200 ? seconds / 60 + " min" : seconds / 3600 + " h";
    }

    private static String name(Credential shown) {
        return switch (shown) {
            case Credential.Password(var login, var _) -> "the login of " + login.username();
            case Credential.IdentityToken _ -> "the token of this login";
        };
    }

    /** The registry's own words, if it has any that can be shown. */
    static String said(Answer answer) {
        if (StrictJson.object(answer.body()) instanceof Parsed.Ok<JsonObject>(JsonObject json)) {
            JsonObject error = json.get("errors") instanceof JsonArray errors
                            && !errors.isEmpty()
                            && errors.get(0) instanceof JsonObject first
                    ? first
                    : json;
            for (String name : new String[] {"message", "details", "detail"}) {
                if (error.get(name) instanceof JsonPrimitive text && text.isString()) {
                    return " (" + shown(text.getAsString()) + ")";
                }
            }
        }
        return "";
    }

    private static String shown(String text) {
        String clean = text.replaceAll("\\p{Cntrl}+", " ").strip();
        return clean.length() > LONGEST_MESSAGE ? clean.substring(0, LONGEST_MESSAGE) + "…" : clean;
    }
}
