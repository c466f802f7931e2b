package dev.tengil.oci;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * An authority of the test's own and a certificate for 127.0.0.1 and localhost that it signed, made by openssl.
 *
 * @param authority PEM
 * @param certificate PEM
 * @param key PEM
 * @param store PKCS 12 with both, its password is {@code test}
 */
public record TestCertificates(Path authority, Path certificate, Path key, Path store) {
    private static final char[] PASSWORD = "test".toCharArray();

    public static TestCertificates make(Path directory) throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/openssl")), "skipped: openssl is missing");
        TestCertificates made = new TestCertificates(
                directory.resolve("ca.pem"),
                directory.resolve("server.pem"),
                directory.resolve("server.key"),
                directory.resolve("server.p12"));
        Path authorityKey = directory.resolve("ca.key");
        List<String> request = List.of("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2");
        run(request, "-subj", "/CN=test authority", "-keyout", authorityKey, "-out", made.authority);
        run(
                request,
                "-subj",
                "/CN=localhost",
                "-addext",
                "subjectAltName=IP:127.0.0.1,DNS:localhost",
                "-CA",
                made.authority,
                "-CAkey",
                authorityKey,
                "-keyout",
                made.key,
                "-out",
                made.certificate);
        run(
                List.of("openssl", "pkcs12", "-export", "-passout", "pass:test"),
                "-in",
                made.certificate,
                "-inkey",
                made.key,
                "-out",
                made.store);
        return made;
    }

    KeyStore keys() throws GeneralSecurityException, IOException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream stream = Files.newInputStream(store)) {
            keys.load(stream, PASSWORD);
        }
        return keys;
    }

    /** For a server that shows the certificate. */
    public SSLContext context() throws GeneralSecurityException, IOException {
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys(), PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    private static void run(List<String> words, Object... more) throws Exception {
        List<String> argv = new java.util.ArrayList<>(words);
        for (Object word : more) {
            argv.add(word.toString());
        }
        Path log = Files.createTempFile("openssl", ".log");
        Process process = new ProcessBuilder(argv)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IllegalStateException(argv + " failed: " + Files.readString(log));
        }
        Files.delete(log);
    }
}
