package dev.tengil.cli;

import dev.tengil.host.ImagePull;
import dev.tengil.model.Diagnostic;
import dev.tengil.model.Diagnostics;
import dev.tengil.model.ImageReference;
import dev.tengil.model.Secret;
import dev.tengil.oci.Mirror;
import dev.tengil.oci.Registry;
import dev.tengil.oci.credentials.AuthFile;
import dev.tengil.oci.credentials.Credential;
import dev.tengil.oci.credentials.Login;
import dev.tengil.resource.Pulls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Lets the host pull as tg itself would: with the mirrors, certificates and logins of the file and of this machine. */
final class HostPulls implements Pulls {

    private static final int LONGEST_PEM = 1 << 20;

    private final Session session;

    HostPulls(Session session) {
        this.session = session;
    }

    @Override
    public Way of(ImageReference image, Diagnostics diagnostics) {
        List<ImageReference> images = new ArrayList<>();
        Mirror mirror = session.asking().registries().of(image.registry()).mirror();
        if (mirror != null) {
            images.add(new ImageReference(
                    mirror.host(), mirror.prefix() + image.repository(), image.tag(), image.digest()));
        }
        images.add(image);
        List<ImagePull.From> from = new ArrayList<>();
        Map<String, Credential> logins = new TreeMap<>();
        for (ImageReference each : images) {
            Registry registry = session.asking().registries().of(each.registry());
            from.add(new ImagePull.From(
                    "docker://" + each.forPull(), !registry.insecure(), pem(registry.ca(), diagnostics)));
            Credential credential = session.asking().client().login(each);
            if (credential != null) {
                logins.put(each.registry(), credential);
            }
        }
        return new Way(from, logins.isEmpty() ? null : logins(logins));
    }

    private static ImagePull.Logins logins(Map<String, Credential> credentials) {
        Set<String> hidden = new TreeSet<>();
        for (Credential credential : credentials.values()) {
            switch (credential) {
                case Credential.Password(Login login, String _) -> {
                    hidden.add(login.basic().reveal());
                    hidden.add(login.password().reveal());
                }
                case Credential.IdentityToken(Secret token, String _) -> hidden.add(token.reveal());
            }
        }
        return new ImagePull.Logins(AuthFile.holding(credentials), hidden);
    }

    private static @Nullable String pem(@Nullable Path file, Diagnostics diagnostics) {
        if (file == null) {
            return null;
        }
        String why;
        try {
            if (Files.size(file) <= LONGEST_PEM) {
                return Files.readString(file);
            }
            why = "it is larger than 1 MiB";
        } catch (IOException e) {
            why = "it cannot be read";
        }
        diagnostics.add(Diagnostic.error("registry.ca", "the file of ca:, " + file + ", cannot be used: " + why)
                .help("It holds the certificate that signed the registry's, as text that begins with"
                        + " -----BEGIN CERTIFICATE-----."));
        return null;
    }
}
