package dev.tengil.oci.image;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.tengil.model.Parsed;
import java.io.Serial;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads an image config. skopeo writes Docker's anew as OCI's when it pulls, and Go finds {@code env} where {@code Env} is meant;
 * so a key that is one of ours in other letters is refused, or Proxmox would be given what was not looked at.
 */
public final class ImageConfigReader {
    private static final Set<String> TOP = Set.of("config", "architecture", "os", "variant", "created");
    private static final Set<String> RUN = Set.of(
            "Env",
            "Entrypoint",
            "Cmd",
            "User",
            "WorkingDir",
            "Volumes",
            "ExposedPorts",
            "Labels",
            "StopSignal",
            "Healthcheck");

    private ImageConfigReader() {}

    /** Reads one; the reason says what is wrong with it. */
    public static Parsed<ImageConfig> read(byte[] utf8) {
        return StrictJson.object(utf8).then(ImageConfigReader::read);
    }

    /** Reads one; the reason says what is wrong with it. */
    public static Parsed<ImageConfig> read(String text) {
        return StrictJson.object(text).then(ImageConfigReader::read);
    }

    private static Parsed<ImageConfig> read(JsonObject top) {
        try {
            refuseOtherLetters(top, TOP);
            JsonObject run = object(top, "config");
            refuseOtherLetters(run, RUN);
            String workdir = text(run, "WorkingDir");
            String signal = text(run, "StopSignal");
            return Parsed.ok(new ImageConfig(
                    texts(run, "Env"),
                    texts(run, "Entrypoint"),
                    texts(run, "Cmd"),
                    text(run, "User"),
                    workdir.isEmpty() ? null : workdir,
                    keys(run, "Volumes"),
                    keys(run, "ExposedPorts"),
                    labels(run),
                    signal.isEmpty() ? null : signal,
                    healthcheck(run),
                    platform(top),
                    created(text(top, "created"))));
        } catch (Wrong e) {
            return Parsed.bad(e.why);
        }
    }

    private static void refuseOtherLetters(JsonObject object, Set<String> names) throws Wrong {
        for (String key : object.keySet()) {
            for (String name : names) {
                if (key.equalsIgnoreCase(name) && !key.equals(name)) {
                    throw new Wrong("it writes " + name + " in other letters");
                }
            }
        }
    }

    private static @Nullable Platform platform(JsonObject top) throws Wrong {
        String os = text(top, "os");
        String architecture = text(top, "architecture");
        String variant = text(top, "variant");
        if (os.isEmpty() && architecture.isEmpty()) {
            return null;
        }
        return switch (Platform.parse(os + "/" + architecture + (variant.isEmpty() ? "" : "/" + variant))) {
            case Parsed.Ok<Platform>(Platform platform) -> platform;
            case Parsed.Bad<Platform>(String _) -> throw new Wrong("its os and architecture are no platform");
        };
    }

    private static @Nullable Instant created(String text) {
        try {
            return text.isEmpty() ? null : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            // A date is only shown, so a bad one is as good as none.
            return null;
        }
    }

    private static @Nullable Healthcheck healthcheck(JsonObject run) throws Wrong {
        JsonObject check = object(run, "Healthcheck");
        List<String> test = texts(check, "Test");
        return test.isEmpty()
                ? null
                : new Healthcheck(
                        test,
                        nanos(check, "Interval"),
                        nanos(check, "Timeout"),
                        nanos(check, "StartPeriod"),
                        Math.clamp(number(check, "Retries"), 0, 1_000));
    }

    private static @Nullable Duration nanos(JsonObject object, String name) throws Wrong {
        long nanos = number(object, name);
        return nanos <= 0 ? null : Duration.ofNanos(nanos);
    }

    private static long number(JsonObject object, String name) throws Wrong {
        JsonElement json = value(object, name);
        if (json == null) {
            return 0;
        }
        try {
            if (json instanceof JsonPrimitive number && number.isNumber()) {
                return Long.parseLong(number.getAsString());
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new Wrong("its " + name + " is no number");
    }

    private static SortedMap<String, String> labels(JsonObject run) throws Wrong {
        SortedMap<String, String> labels = new TreeMap<>();
        JsonObject object = object(run, "Labels");
        for (String name : object.keySet()) {
            labels.put(name, text(object, name));
        }
        return labels;
    }

    private static SortedSet<String> keys(JsonObject run, String name) throws Wrong {
        return new TreeSet<>(object(run, name).keySet());
    }

    private static List<String> texts(JsonObject object, String name) throws Wrong {
        JsonElement json = value(object, name);
        List<String> texts = new ArrayList<>();
        if (json instanceof JsonArray array) {
            for (JsonElement each : array) {
                if (!(each instanceof JsonPrimitive text && text.isString())) {
                    throw new Wrong("its " + name + " holds something that is no text");
                }
                texts.add(text.getAsString());
            }
        } else if (json != null) {
            throw new Wrong("its " + name + " is no list");
        }
        return List.copyOf(texts);
    }

    private static String text(JsonObject object, String name) throws Wrong {
        JsonElement json = value(object, name);
        if (json == null) {
            return "";
        }
        if (json instanceof JsonPrimitive text && text.isString()) {
            return text.getAsString();
        }
        throw new Wrong("its " + name + " is no text");
    }

    private static JsonObject object(JsonObject object, String name) throws Wrong {
        JsonElement json = value(object, name);
        if (json == null) {
            return new JsonObject();
        }
        if (json instanceof JsonObject inner) {
            return inner;
        }
        throw new Wrong("its " + name + " is no object");
    }

    private static @Nullable JsonElement value(JsonObject object, String name) {
        JsonElement json = object.get(name);
        return json == null || json.isJsonNull() ? null : json;
    }

    private static final class Wrong extends Exception {
        @Serial
        private static final long serialVersionUID = 1L;

        private final String why;

        Wrong(String why) {
            super(why);
            this.why = why;
        }
    }
}
