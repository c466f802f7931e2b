package dev.tengil.resource.facts;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.tengil.host.Host;
import dev.tengil.host.HostException;
import dev.tengil.host.ImagePull;
import dev.tengil.host.Result;
import dev.tengil.model.Diagnostics;
import dev.tengil.model.ImageReference;
import dev.tengil.model.Parsed;
import dev.tengil.oci.image.Digest;
import dev.tengil.oci.image.ImageConfigReader;
import dev.tengil.oci.image.StrictJson;
import dev.tengil.resource.Owner;
import dev.tengil.resource.PullSize;
import dev.tengil.resource.Pulls;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Asks registries through skopeo on the host: what it reaches, with its logins, is what a pull there will reach. */
public final class SkopeoSource implements ImageSource {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int NOT_FOUND = 127;

    /** Why there is no answer where the program is missing. */
    static final String MISSING = "the host has no skopeo";

    private static final Pattern UNREACHED = Pattern.compile(
            "no such host|connection refused|i/o timeout|no route to host|network is unreachable|server misbehaving"
                    + "|deadline exceeded|TLS handshake timeout");

    private final Host host;
    private final Pulls pulls;

    /** With what the host has. */
    public SkopeoSource(Host host) {
        this(host, Pulls.PLAIN);
    }

    /** @param pulls what the host is told for each image */
    public SkopeoSource(Host host, Pulls pulls) {
        this.host = host;
        this.pulls = pulls;
    }

    private Parsed<String> ask(List<String> verb, List<ImagePull.From> from, ImagePull.@Nullable Logins logins)
            throws HostException {
        Result result = host.run(ImagePull.look(verb, from, logins).withDeadline(PATIENCE));
        if (result.exit() == NOT_FOUND) {
            return Parsed.bad(MISSING);
        }
        return result.exit() == 0 ? Parsed.ok(result.out()) : Parsed.bad(reason(result.err()));
    }

    /** The end of skopeo's message, where the cause stands: {@code time=… level=fatal msg="Error …: no such host"}. */
    private static String reason(String errors) {
        String line = errors.lines().findFirst().orElse("no message");
        int last = line.lastIndexOf(": ");
        return (last < 0 ? line : line.substring(last + 2)).replaceAll("\"$", "");
    }

    /** Whether this reason is one that a registry gave. */
    static boolean reached(String reason) {
        return !reason.equals(MISSING) && !UNREACHED.matcher(reason).find();
    }

    @Override
    public Parsed<List<String>> tags(ImageReference image) throws HostException {
        Pulls.Way way = pulls.of(image, new Diagnostics());
        // A mirror has what somebody asked it for, so its tags are not all.
        ImagePull.From origin = way.from().getLast();
        ImagePull.From repository =
                new ImagePull.From("docker://" + image.name(), origin.encrypted(), origin.trusted());
        return ask(List.of("list-tags"), List.of(repository), way.logins())
                .then(StrictJson::object)
                .then(answer -> {
                    List<String> tags = new ArrayList<>();
                    if (!(answer.get("Tags") instanceof JsonArray list)) {
                        return Parsed.bad("skopeo named no tags");
                    }
                    for (JsonElement tag : list) {
                        if (tag instanceof JsonPrimitive text && text.isString()) {
                            tags.add(text.getAsString());
                        }
                    }
                    return Parsed.ok(tags);
                });
    }

    @Override
    public Parsed<Seen> image(ImageReference image) throws HostException {
        Pulls.Way way = pulls.of(image, new Diagnostics());
        Parsed<String> manifest = ask(List.of("inspect", "--no-tags"), way.from(), way.logins());
        Parsed<String> config = manifest instanceof Parsed.Ok<String>
                ? ask(List.of("inspect", "--config"), way.from(), way.logins())
                : manifest;
        return manifest.then(top -> config.then(text -> read(top, text)));
    }

    @Override
    public @Nullable Parsed<Owner> user(ImageReference image) {
        return null;
    }

    private static Parsed<Seen> read(String manifest, String config) {
        return StrictJson.object(manifest)
                .then(top -> top.get("Digest") instanceof JsonPrimitive digest && Digest.isOne(digest.getAsString())
                        ? ImageConfigReader.read(config).map(read -> new Seen(digest.getAsString(), read, size(top)))
                        : Parsed.<Seen>bad("skopeo named no digest"));
    }

    private static @Nullable PullSize size(JsonObject manifest) {
        if (!(manifest.get("LayersData") instanceof JsonArray layers)) {
            return null;
        }
        long bytes = 0;
        for (JsonElement layer : layers) {
            if (layer instanceof JsonObject object
                    && object.get("Size") instanceof JsonPrimitive size
                    && size.getAsString().matches("\\d{1,15}")) {
                bytes += size.getAsLong();
            }
        }
        return new PullSize(bytes, layers.size());
    }
}
