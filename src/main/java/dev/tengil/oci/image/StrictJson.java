package dev.tengil.oci.image;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import dev.tengil.model.Parsed;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Reads JSON that a stranger wrote. Whatever two readers could understand differently is refused: a key that stands twice, text that
 * is no UTF-8, half of a surrogate pair, anything after the end. The bytes go on to programs that would pick another reading.
 */
public final class StrictJson {
    private static final int DEEPEST = 64;

    private StrictJson() {}

    /** Reads one object, and nothing behind it. */
    public static Parsed<JsonObject> object(byte[] utf8) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
            return object(text);
        } catch (CharacterCodingException e) {
            return Parsed.bad("it is not UTF-8");
        }
    }

    /** Reads one object, and nothing behind it. */
    public static Parsed<JsonObject> object(String text) {
        try (JsonReader reader = new JsonReader(new StringReader(text))) {
            reader.setStrictness(Strictness.STRICT);
            if (reader.peek() != JsonToken.BEGIN_OBJECT) {
                return Parsed.bad("it is no JSON object");
            }
            JsonObject object = readObject(reader, 0);
            return reader.peek() == JsonToken.END_DOCUMENT ? Parsed.ok(object) : Parsed.bad("it is no JSON");
        } catch (Refused e) {
            return Parsed.bad(e.why);
        } catch (IOException | JsonParseException e) {
            return Parsed.bad("it is no JSON");
        }
    }

    private static JsonElement read(JsonReader reader, int depth) throws IOException {
        if (depth > DEEPEST) {
            throw new Refused("it is nested too deep");
        }
        return switch (reader.peek()) {
            case BEGIN_OBJECT -> readObject(reader, depth);
            case BEGIN_ARRAY -> {
                JsonArray array = new JsonArray();
                reader.beginArray();
                while (reader.hasNext()) {
                    array.add(read(reader, depth + 1));
                }
                reader.endArray();
                yield array;
            }
            case STRING -> new JsonPrimitive(reader.nextString());
            case NUMBER, BOOLEAN, NULL -> JsonParser.parseReader(reader);
            case NAME, END_ARRAY, END_OBJECT, END_DOCUMENT -> throw new MalformedJsonException("no value");
        };
    }

    private static JsonObject readObject(JsonReader reader, int depth) throws IOException {
        JsonObject object = new JsonObject();
        reader.beginObject();
        while (reader.hasNext()) {
            String name = reader.nextName();
            if (object.has(name)) {
                throw new Refused("a key stands in it twice");
            }
            object.add(name, read(reader, depth + 1));
        }
        reader.endObject();
        return object;
    }

    private static final class Refused extends IOException {
        private static final long serialVersionUID = 1L;
        private final String why;

        Refused(String why) {
            super(why);
            this.why = why;
        }
    }
}
