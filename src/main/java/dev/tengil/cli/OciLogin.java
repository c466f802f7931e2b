package dev.tengil.cli;

import com.google.gson.JsonObject;
import dev.tengil.model.Diagnostic;
import dev.tengil.model.ImageReference;
import dev.tengil.model.Parsed;
import dev.tengil.model.Secret;
import dev.tengil.oci.credentials.AuthFilePlaces;
import dev.tengil.oci.credentials.Credential;
import dev.tengil.oci.credentials.Keychain;
import dev.tengil.oci.credentials.Login;
import dev.tengil.oci.credentials.LoginStore;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code tg oci login HOST} and {@code tg oci logout HOST}: tengil's own file of logins, and no other program's. */
final class OciLogin {

    private OciLogin() {}

    /** Tries a login and keeps it if it is good. */
    static Exit in(String word, @Nullable String user, boolean passwordByStdin, Output output) throws Stopped {
        String host = host(word, output);
        try (OciAsking asking = OciAsking.open(output)) {
            Login login = login(host, user, passwordByStdin, output);
            boolean tried = asking.ask((client, deadline) -> client.accepts(host, login, deadline));
            LoginStore store = store(output);
            stopOn(store.store(host, login), output);
            if (!tried) {
                warn(
                        output,
                        "registry.login-untried",
                        host + " lets everybody in, so nobody knows whether this login is good",
                        "It is kept, and used if the registry asks. To take it out: tg oci logout " + host);
            }
            if (asking.registries().of(host).login() != null) {
                warn(
                        output,
                        "registry.login-hidden",
                        "the file has a login for " + host + " too, and that one is used",
                        "Take username and password out of the file to use this one.");
            }
            if (output.globals().json()) {
                JsonObject json = json(host, store);
                json.addProperty("username", login.username());
                json.addProperty("tried", tried);
                output.document(json);
            } else {
                output.say("Logged in to " + host + " as " + login.username() + ". The login is kept in " + store.path()
                        + ", which only you can read.");
            }
            return Exit.OK;
        }
    }

    /** Forgets a login. */
    static Exit out(String word, Output output) throws Stopped {
        String host = host(word, output);
        LoginStore store = store(output);
        boolean there = store.hosts().contains(host);
        stopOn(store.remove(host), output);
        Keychain others = Keychain.ofUser(output.io().env(), output.io().home());
        Credential left = others.find(host, "");
        if (output.globals().json()) {
            JsonObject json = json(host, store);
            json.addProperty("removed", there);
            output.document(json);
        } else {
            output.say(
                    there
                            ? "Logged out of " + host + "."
                            : "tg had no login for " + host + " in " + store.path() + ".");
        }
        if (left != null) {
            warn(
                    output,
                    "registry.login-left",
                    "another login for " + host + " is still found: " + left.from(),
                    "tg never writes the files of other programs. Log out there: podman logout " + host
                            + ", or docker logout " + host);
        }
        return Exit.OK;
    }

    private static String host(String word, Output output) throws Stopped {
        return switch (ImageReference.host(word)) {
            case Parsed.Ok<String>(String name) -> name;
            case Parsed.Bad<String>(String reason) -> {
                output.error("cli.usage", reason, "Write host and port alone: docker.io, ghcr.io, registry.lan:5000.");
                throw new Stopped(Exit.INVALID);
            }
        };
    }

    private static Login login(String host, @Nullable String user, boolean passwordByStdin, Output output)
            throws Stopped {
        Io io = output.io();
        if (!io.interactive() && (user == null || !passwordByStdin)) {
            output.error(
                    "cli.usage",
                    user == null
                            ? "say who logs in: -u USER"
                            : "nobody can be asked for the password of " + user + " here",
                    "Hand it over by standard input: tg oci login " + host + " -u " + (user == null ? "USER" : user)
                            + " --password-stdin < FILE");
            throw new Stopped(Exit.INVALID);
        }
        String name = user;
        if (name == null) {
            if (passwordByStdin) {
                output.error("cli.usage", "with --password-stdin, say who logs in: -u USER", "See: tg oci --help");
                throw new Stopped(Exit.INVALID);
            }
            io.err().print("User name for " + host + ": ");
            io.err().flush();
            name = Question.line(io.in());
        }
        String password = passwordByStdin ? HiddenAnswer.piped(io) : HiddenAnswer.of("Password of " + name + ": ", io);
        if (password == null || password.isEmpty() || password.chars().anyMatch(Character::isISOControl)) {
            output.error(
                    "registry.no-password",
                    password == null
                            ? "no password came"
                            : password.isEmpty()
                                    ? "the password is empty"
                                    : "the password has control characters or several lines",
                    "Nothing was kept. Log in anew.");
            throw new Stopped(Exit.INVALID);
        }
        return switch (Login.of(name, Secret.of("the password of " + host, password))) {
            case Parsed.Ok<Login>(Login login) -> login;
            case Parsed.Bad<Login>(String reason) -> {
                output.error("cli.usage", reason, "See: tg oci --help");
                throw new Stopped(Exit.INVALID);
            }
        };
    }

    private static LoginStore store(Output output) {
        return new LoginStore(AuthFilePlaces.own(output.io().env(), output.io().home()));
    }

    private static void stopOn(Optional<Diagnostic> problem, Output output) throws Stopped {
        if (problem.isPresent()) {
            output.diagnostics(List.of(problem.get()), null);
            throw new Stopped(Exit.ERROR);
        }
    }

    private static void warn(Output output, String code, String message, String help) {
        output.diagnostics(List.of(Diagnostic.warning(code, message).help(help)), null);
    }

    private static JsonObject json(String host, LoginStore store) {
        JsonObject json = new JsonObject();
        json.addProperty("format", 1);
        json.addProperty("host", host);
        json.addProperty("file", store.path().toString());
        return json;
    }
}
