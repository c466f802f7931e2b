package dev.tengil.resource.facts;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.tengil.host.Command;
import dev.tengil.host.Host;
import dev.tengil.host.HostException;
import dev.tengil.host.Result;
import dev.tengil.model.ImageReference;
import dev.tengil.model.Parsed;
import dev.tengil.oci.image.Digest;
import dev.tengil.oci.image.ImageConfigReader;
import dev.tengil.oci.image.StrictJson;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

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

    public SkopeoSource(Host host) {
        this.host = host;
    }

    private Parsed<String> ask(String... words) throws HostException {
        List<String> argv = new ArrayList<>(List.of("skopeo"));
        argv.addAll(List.of(words));
        Result result = host.run(Command.reads(argv).withDeadline(PATIENCE));
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
        return ask("list-tags", "docker://" + image.name())
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
        String source = "docker://" + image.forPull();
        Parsed<String> manifest = ask("inspect", "--no-tags", source);
        Parsed<String> config = manifest instanceof Parsed.Ok<String> ? ask("inspect", "--config", source) : manifest;
        return manifest.then(top -> config.then(text -> read(top, text)));
    }

    private static Parsed<Seen> read(String manifest, String config) {
        return StrictJson.object(manifest)
                .then(top -> top.get("Digest") instanceof JsonPrimitive digest && Digest.isOne(digest.getAsString())
                        ? ImageConfigReader.read(config)
                                .map(read -> new Seen(digest.getAsString(), read, bytes(manifest)))
                        : Parsed.<Seen>bad("skopeo named no digest"));
    }

    private static long bytes(String manifest) {
        long bytes = 0;
        if (StrictJson.object(manifest) instanceof Parsed.Ok<JsonObject>(JsonObject top)
                && top.get("LayersData") instanceof JsonArray layers) {
            for (JsonElement layer : layers) {
                if (layer instanceof JsonObject object
                        && object.get("Size") instanceof JsonPrimitive size
                        && size.getAsString().matches("\\d{1,18}")) {
                    bytes += size.getAsLong();
                }
            }
        }
        return bytes;
    }
}
