package dev.tengil.oci;

import dev.tengil.model.Diagnostic;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;

/** Whose certificates are believed. */
final class Trust {

    private Trust() {}

    /** Those that Java believes, and these. */
    static SSLContext also(Path pem) throws RegistryException {
        try (InputStream stream = Files.newInputStream(pem)) {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int number = 0;
            for (Certificate own : CertificateFactory.getInstance("X.509").generateCertificates(stream)) {
                store.setCertificateEntry("own-" + number++, own);
            }
            if (number == 0) {
                throw unreadable(pem, "it holds no certificate", null);
            }
            for (X509Certificate usual : usual()) {
                store.setCertificateEntry("usual-" + number++, usual);
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            return context(factory.getTrustManagers());
        } catch (IOException e) {
            throw unreadable(pem, "it cannot be read", e);
        } catch (GeneralSecurityException e) {
            throw unreadable(pem, "it holds no certificates in PEM form", e);
        }
    }

    /** Anybody: for a registry that the person calls insecure. */
    static SSLContext anybody() {
        try {
            return context(new TrustManager[] {new Anybody()});
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has TLS", e);
        }
    }

    private static X509Certificate[] usual() throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init((KeyStore) null);
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509TrustManager x509) {
                return x509.getAcceptedIssuers();
            }
        }
        return new X509Certificate[0];
    }

    private static SSLContext context(TrustManager[] managers) throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers, new SecureRandom());
        return context;
    }

    private static RegistryException unreadable(
            Path pem, String why, @org.jspecify.annotations.Nullable Exception cause) {
        Diagnostic said = Diagnostic.error("registry.ca", "the file of ca:, " + pem + ", cannot be used: " + why)
                .help("It holds the certificate that signed the registry's, as text that begins with"
                        + " -----BEGIN CERTIFICATE-----.");
        return cause == null
                ? new RegistryException(RegistryException.Kind.FILE, said)
                : new RegistryException(RegistryException.Kind.FILE, said, cause);
    }

    /** An extended manager is also the one that compares the host's name; this one compares nothing. */
    private static final class Anybody extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
