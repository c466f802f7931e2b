package dev.tengil.oci;

import dev.tengil.model.Diagnostic;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Says in plain words why there was no answer at all. */
final class ConnectionFailure {

    private ConnectionFailure() {}

    static RegistryException of(URI uri, Throwable failure) {
        String host = uri.getAuthority();
        if (failure instanceof BodyReader.TooLong) {
            return new RegistryException(
                    RegistryException.Kind.UNUSABLE,
                    Diagnostic.error(
                                    "registry.too-long",
                                    host + " answered with " + failure.getMessage() + ", which no such thing needs")
                            .help("Something else than a registry may stand there. Check the name."),
                    failure);
        }
        LocalFailure local = caused(failure, LocalFailure.class);
        if (local != null) {
            return notWritten(local);
        }
        if (failure instanceof HttpTimeoutException) {
            return tooSlow(uri, failure);
        }
        if (caused(failure, UnresolvedAddressException.class) != null
                || caused(failure, UnknownHostException.class) != null) {
            return outOfReach(
                    Diagnostic.error("registry.unreachable", "no address is known for " + host)
                            .help("Check the name, and whether this machine has a network and a name server."),
                    failure);
        }
        if (failure instanceof ConnectException || failure instanceof NoRouteToHostException) {
            return outOfReach(
                    Diagnostic.error("registry.unreachable", host + " cannot be reached")
                            .help(
                                    "Check the name and the port, whether it runs, and whether this machine has a network."),
                    failure);
        }
        if (caused(failure, SSLException.class) != null) {
            return outOfReach(tls(host, failure), failure);
        }
        return outOfReach(
                Diagnostic.error("registry.unreachable", "the connection to " + host + " broke off")
                        .help("Try again. If it stays so, look at the registry, and at a proxy in between."),
                failure);
    }

    static RegistryException tooSlow(URI uri, Throwable cause) {
        return outOfReach(
                Diagnostic.error("registry.timeout", uri.getAuthority() + " gave no answer in time")
                        .help("Try again later. If it stays so, look at the registry and at the network."),
                cause);
    }

    /** What came cannot be put where it should go. */
    static RegistryException notWritten(IOException cause) {
        String reason = cause.getMessage();
        return new RegistryException(
                RegistryException.Kind.FILE,
                Diagnostic.error(
                                "registry.not-written",
                                "what came from the registry cannot be kept" + (reason == null ? "" : ": " + reason))
                        .help("Check the folder, and whether the disk is full. What is there already is gone on with."),
                cause);
    }

    private static Diagnostic tls(String host, Throwable failure) {
        boolean distrusted = caused(failure, CertPathValidatorException.class) != null
                || caused(failure, CertificateException.class) != null;
        return distrusted
                ? Diagnostic.error("registry.certificate", "nobody we trust vouches for the certificate of " + host)
                        .help("If the registry is your own, name it under registries: with ca: and the certificate that"
                                + " signed its own, or with insecure: true.")
                : Diagnostic.error("registry.certificate", host + " does not speak TLS as it should")
                        .help(
                                "If it is your own and speaks plain HTTP, name it under registries: with insecure: true.");
    }

    private static <T extends Throwable> @Nullable T caused(Throwable failure, Class<T> type) {
        int deep = 0;
        for (Throwable each = failure; each != null && deep < 20; each = each.getCause(), deep++) {
            if (type.isInstance(each)) {
                return type.cast(each);
            }
        }
        return null;
    }

    private static RegistryException outOfReach(Diagnostic diagnostic, Throwable cause) {
        return new RegistryException(RegistryException.Kind.OUT_OF_REACH, diagnostic, cause);
    }
}
