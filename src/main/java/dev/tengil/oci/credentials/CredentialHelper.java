package dev.tengil.oci.credentials;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import dev.tengil.model.Parsed;
import dev.tengil.model.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/**
 * A program {@code docker-credential-NAME} that keeps logins in a keyring: {@code get} with the registry on stdin answers
 * {@code {"Username": …, "Secret": …}}. It runs on this machine, as its user, found on the PATH.
 */
final class CredentialHelper {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final int LONGEST = 1 << 20;

    /** Docker's helpers answer with this sentence, on stdout, when they have none. */
    private static final String NONE = "credentials not found";

    private final String program;
    private final Duration patience;

    CredentialHelper(String program, Duration patience) {
        this.program = program;
        this.patience = patience;
    }

    static Parsed<CredentialHelper> named(String name, Duration patience) {
        return NAME.matcher(name).matches()
                ? Parsed.ok(new CredentialHelper("docker-credential-" + name, patience))
                : Parsed.bad("\"docker-credential-" + name + "\" is no name of a program");
    }

    String program() {
        return program;
    }

    /** What it keeps under this key, if anything. */
    Parsed<Optional<Credential>> get(String key) {
        Process process = null;
        try {
            process = new ProcessBuilder(program, "get")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return read(key, answer(process, key), process.exitValue());
        } catch (IOException e) {
            return Parsed.bad(program + " cannot be started");
        } catch (TimeoutException e) {
            return Parsed.bad(program + " gave no answer within " + patience.toSeconds() + " s");
        } catch (ExecutionException e) {
            return Parsed.bad(program + " broke off");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Parsed.bad(program + " was interrupted");
        } finally {
            if (process != null) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        }
    }

    private String answer(Process process, String key)
            throws TimeoutException, ExecutionException, InterruptedException, IOException {
        long end = System.nanoTime() + patience.toNanos();
        // It may start to talk before it has listened.
        CompletableFuture<byte[]> output = CompletableFuture.supplyAsync(() -> {
            try (InputStream stream = process.getInputStream()) {
                return stream.readNBytes(LONGEST);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        try (OutputStream stdin = process.getOutputStream()) {
            stdin.write(key.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // It did not want to hear; its answer says why.
        }
        byte[] bytes = output.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
        if (!process.waitFor(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS)) {
            throw new TimeoutException();
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private Parsed<Optional<Credential>> read(String key, String answer, int exit) {
        if (exit != 0) {
            // What else it says is not shown: it may be the secret.
            return answer.startsWith(NONE)
                    ? Parsed.ok(Optional.empty())
                    : Parsed.bad(program + " ended with exit code " + exit);
        }
        try {
            if (JsonParser.parseString(answer) instanceof JsonObject object
                    && object.get("Username") instanceof JsonPrimitive username
                    && object.get("Secret") instanceof JsonPrimitive secret) {
                return credential(key, username.getAsString(), secret.getAsString());
            }
        } catch (JsonParseException e) {
            // said below
        }
        return Parsed.bad(program + " answered with something that is no login");
    }

    private Parsed<Optional<Credential>> credential(String key, String username, String secret) {
        String from = "the program " + program;
        // Helpers mark a refresh token by this name.
        if (username.equals("<token>")) {
            return Parsed.ok(Optional.of(new Credential.IdentityToken(Secret.of("the token of " + key, secret), from)));
        }
        return Login.of(username, Secret.of("the password of " + key, secret))
                .map(login -> Optional.of(new Credential.Password(login, from)));
    }
}
