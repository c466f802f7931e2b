package dev.tengil.resource.facts;

import dev.tengil.host.Command;
import dev.tengil.host.Host;
import dev.tengil.host.HostException;
import dev.tengil.host.Result;
import dev.tengil.model.ImageReference;
import dev.tengil.model.Parsed;
import dev.tengil.oci.Deadline;
import dev.tengil.oci.ImageFiles;
import dev.tengil.oci.Registries;
import dev.tengil.oci.RegistryClient;
import dev.tengil.oci.RegistryException;
import dev.tengil.oci.image.Platform;
import dev.tengil.oci.image.RemoteImage;
import dev.tengil.resource.Owner;
import dev.tengil.resource.PullSize;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks registries from where tengil runs. What only the host reaches, or only the host has a login for, is asked by skopeo there. Each
 * question ends after a minute here and as much there; several may be asked at once.
 */
public final class RegistrySource implements ImageSource {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration FOR_LAYERS = Duration.ofMinutes(5);

    private final RegistryClient client;
    private final Host host;
    private final SkopeoSource onHost;
    private @Nullable Platform platform;

    /** @param onHost asked where the client does not get an answer */
    public RegistrySource(RegistryClient client, Host host, SkopeoSource onHost) {
        this.client = client;
        this.host = host;
        this.onHost = onHost;
    }

    private interface Here<T> {
        T ask(Deadline deadline) throws RegistryException;
    }

    private interface There<T> {
        Parsed<T> ask() throws HostException;
    }

    @Override
    public Parsed<List<String>> tags(ImageReference image) throws HostException {
        return ask(image, deadline -> client.tags(image, deadline).names(), () -> onHost.tags(image));
    }

    @Override
    public Parsed<Seen> image(ImageReference image) throws HostException {
        Platform wanted = platform();
        return ask(image, deadline -> seen(client.inspect(image, wanted, deadline)), () -> onHost.image(image));
    }

    @Override
    public Parsed<Owner> user(ImageReference image) throws HostException {
        Platform wanted = platform();
        try {
            Deadline deadline = Deadline.in(FOR_LAYERS);
            RemoteImage found = client.inspect(image, wanted, deadline);
            return ImageUser.of(
                    found.config().user(),
                    new ImageFiles(client, found).read(List.of(ImageUser.PASSWD, ImageUser.GROUP), deadline));
        } catch (RegistryException e) {
            if (e.kind() == RegistryException.Kind.INTERRUPTED) {
                throw interrupted(e);
            }
            return Parsed.bad(String.valueOf(e.getMessage()));
        }
    }

    private static HostException interrupted(RegistryException cause) {
        return new HostException(HostException.Kind.INTERRUPTED, "interrupted while asking a registry", cause);
    }

    private static Seen seen(RemoteImage image) {
        return new Seen(
                image.digest(),
                image.config(),
                new PullSize(image.compressedSize(), image.layers().size()));
    }

    private <T> Parsed<T> ask(ImageReference image, Here<T> here, There<T> there) throws HostException {
        if (host.network() == Host.Network.ANOTHER && Registries.isLoopback(image.registry())) {
            return there.ask();
        }
        try {
            return Parsed.ok(here.ask(Deadline.in(PATIENCE)));
        } catch (RegistryException e) {
            return switch (e.kind()) {
                // Registries that limit questions count them by address, and the host has another.
                case OUT_OF_REACH, NOT_ALLOWED, RATE_LIMITED -> better(e, there.ask());
                case INTERRUPTED -> throw interrupted(e);
                case NOT_THERE, UNUSABLE, FILE -> Parsed.bad(String.valueOf(e.getMessage()));
            };
        }
    }

    /** The answer of the host; without one, the reason of whoever got nearer to the registry. */
    private static <T> Parsed<T> better(RegistryException here, Parsed<T> there) {
        return switch (there) {
            case Parsed.Ok<T> answer -> answer;
            case Parsed.Bad<T>(String reason) ->
                here.kind() == RegistryException.Kind.OUT_OF_REACH && SkopeoSource.reached(reason)
                        ? there
                        : Parsed.bad(String.valueOf(here.getMessage()));
        };
    }

    /** The host's, asked once. */
    private synchronized Platform platform() throws HostException {
        Platform known = platform;
        if (known == null) {
            Result machine = host.run(Command.reads("uname", "-m"));
            known = of(machine.exit() == 0 ? machine.out().strip() : "");
            platform = known;
        }
        return known;
    }

    /** The kernel's name of an architecture in the words of registries; nearly every Proxmox host is amd64. */
    private static Platform of(String machine) {
        return switch (machine) {
            case "aarch64" -> new Platform("linux", "arm64", null);
            case "armv7l" -> new Platform("linux", "arm", "v7");
            case "riscv64", "ppc64le", "s390x" -> new Platform("linux", machine, null);
            default -> Platform.LINUX_AMD64;
        };
    }
}
