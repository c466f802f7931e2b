package dev.tengil.oci;

import dev.tengil.model.Diagnostic;
import dev.tengil.model.ImageReference;
import dev.tengil.model.Parsed;
import dev.tengil.oci.credentials.Credential;
import dev.tengil.oci.credentials.Keychain;
import dev.tengil.oci.credentials.Login;
import dev.tengil.oci.image.Descriptor;
import dev.tengil.oci.image.Platform;
import dev.tengil.oci.image.RemoteImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Asks registries, each over the mirror that its configuration names and then itself. Connects when first asked; may be used by several
 * threads, and remembers what it learned of each registry. Every method ends by its deadline, or half a minute later where a helper is
 * asked for a login.
 */
public final class RegistryClient implements AutoCloseable {
    private final Registries registries;
    private final Keychain keychain;
    private final Transport transport;
    private final Map<Source, RegistrySession> sessions = new ConcurrentHashMap<>();

    /** @param keychain asked where the configuration gives no login */
    public RegistryClient(Registries registries, Keychain keychain) {
        this(registries, keychain, new Transport());
    }

    RegistryClient(Registries registries, Keychain keychain, Transport transport) {
        this.registries = registries;
        this.keychain = keychain;
        this.transport = transport;
    }

    /** Asks whether a registry answers there and lets us in. */
    public void ping(String host, Deadline deadline) throws RegistryException {
        origin(host).get(Ask.ping(), Refusal.ANYTHING, 1 << 20, deadline);
    }

    /**
     * Tries a login, without keeping it.
     *
     * @return false when the registry lets everybody in, so that the login says nothing
     */
    public boolean accepts(String host, Login login, Deadline deadline) throws RegistryException {
        Registry registry = registries.of(host);
        Credential typed = new Credential.Password(login, "what was typed");
        boolean[] wanted = new boolean[1];
        RegistrySession session = new RegistrySession(transport, Source.of(registry, ""), repository -> {
            wanted[0] = true;
            return typed;
        });
        session.get(Ask.ping(), Refusal.ANYTHING, 1 << 20, deadline);
        return wanted[0];
    }

    /** {@code sha256:…} that the reference points to now. */
    public String digest(ImageReference image, Deadline deadline) throws RegistryException {
        return somewhere(
                image.registry(), deadline, (session, limit) -> new ManifestFetch(session, image).digest(limit));
    }

    /**
     * What is known of an image without pulling it. Whether its config is fit for Proxmox says
     * {@link dev.tengil.oci.image.ImageConfigRules}.
     */
    public RemoteImage inspect(ImageReference image, Platform platform, Deadline deadline) throws RegistryException {
        return somewhere(
                image.registry(),
                deadline,
                (session, limit) -> new ImageInspection(session, image, platform).inspect(limit));
    }

    /** The tags of the repository, whatever tag the reference has. */
    public Names tags(ImageReference image, Deadline deadline) throws RegistryException {
        Ask ask = Ask.of("GET", image.repository(), "tags/list?n=1000", List.of());
        return new NameList(
                        origin(image.registry()),
                        "the tags of " + image.name(),
                        "tags",
                        tag -> ImageReference.parse(image.name() + ":" + tag) instanceof Parsed.Ok<ImageReference>)
                .read(ask, deadline);
    }

    /** The repositories of a registry; public ones do not tell. */
    public Names catalog(String host, Deadline deadline) throws RegistryException {
        Ask ask = new Ask("GET", "/v2/_catalog?n=1000", List.of(), "", "registry:catalog:*", null);
        RegistrySession session = origin(host);
        try {
            return new NameList(
                            session,
                            "the list of what it has",
                            "repositories",
                            name -> ImageReference.parse(host + "/" + name) instanceof Parsed.Ok<ImageReference>)
                    .read(ask, deadline);
        } catch (RegistryException e) {
            throw switch (e.kind()) {
                case NOT_THERE, NOT_ALLOWED, UNUSABLE -> noCatalog(host, e);
                case OUT_OF_REACH, RATE_LIMITED, FILE, INTERRUPTED -> e;
            };
        }
    }

    private static RegistryException noCatalog(String host, RegistryException cause) {
        return new RegistryException(
                cause.kind(),
                Diagnostic.error("registry.no-catalog", host + " does not tell us what it has: " + cause.getMessage())
                        .help("Public registries never do: search instead, with tg oci search WORD. Your own may want a"
                                + " login: tg oci login " + host),
                cause);
    }

    /**
     * Brings a blob into a file, under the name {@code FILE.part} until it is whole and has the right digest. A part that an earlier
     * attempt left is gone on with.
     *
     * @param progress is told the bytes that are there
     */
    public void download(ImageReference image, Descriptor blob, Path file, LongConsumer progress, Deadline deadline)
            throws RegistryException {
        try (FileTarget target = FileTarget.open(file, blob.size())) {
            download(image, blob, target, progress, deadline);
            target.finish();
        } catch (IOException e) {
            throw ConnectionFailure.notWritten(e);
        }
    }

    /** Writes a blob into a stream. What went in is only known to be right when this returns. */
    public void download(
            ImageReference image, Descriptor blob, OutputStream stream, LongConsumer progress, Deadline deadline)
            throws RegistryException {
        download(image, blob, new StreamTarget(stream), progress, deadline);
    }

    private void download(
            ImageReference image, Descriptor blob, BlobTarget target, LongConsumer progress, Deadline deadline)
            throws RegistryException {
        somewhere(image.registry(), deadline, (session, limit) -> {
            new BlobDownload(session, image, blob, target, progress).run(limit);
            return target;
        });
    }

    /** The login that is used for a registry's repository, for whoever hands it on; null for none. */
    public @Nullable Credential login(ImageReference image) {
        return login(registries.of(image.registry()), image.repository());
    }

    @Override
    public void close() {
        transport.close();
    }

    private interface Work<T> {
        T on(RegistrySession session, Deadline deadline) throws RegistryException;
    }

    /** A mirror gets half of the time at most, so that a dead one does no more than cost some. */
    private <T> T somewhere(String host, Deadline deadline, Work<T> work) throws RegistryException {
        Registry registry = registries.of(host);
        Mirror mirror = registry.mirror();
        if (mirror == null) {
            return work.on(origin(host), deadline);
        }
        RegistryException first;
        try {
            return work.on(
                    session(registries.of(mirror.host()), mirror.prefix()),
                    deadline.atMost(deadline.left().dividedBy(2)));
        } catch (RegistryException e) {
            if (e.kind() == RegistryException.Kind.INTERRUPTED || e.kind() == RegistryException.Kind.FILE) {
                throw e;
            }
            first = e;
        }
        try {
            return work.on(origin(host), deadline);
        } catch (RegistryException e) {
            Diagnostic said = e.diagnostic();
            throw new RegistryException(
                    e.kind(), said.help(said.help() + "\nIts mirror was asked before: " + first.getMessage()), e);
        }
    }

    private RegistrySession origin(String host) {
        return session(registries.of(host), "");
    }

    private RegistrySession session(Registry registry, String prefix) {
        return sessions.computeIfAbsent(
                Source.of(registry, prefix),
                source ->
                        new RegistrySession(transport, source, remembering(repository -> login(registry, repository))));
    }

    /** Files are read, and helpers asked, once for each repository. */
    private static Function<String, @Nullable Credential> remembering(Function<String, @Nullable Credential> logins) {
        Map<String, Optional<Credential>> known = new ConcurrentHashMap<>();
        return repository -> known.computeIfAbsent(repository, name -> Optional.ofNullable(logins.apply(name)))
                .orElse(null);
    }

    private @Nullable Credential login(Registry registry, String repository) {
        Login given = registry.login();
        return given != null
                ? new Credential.Password(given, "tengil.yml")
                : keychain.find(registry.host(), repository);
    }
}
