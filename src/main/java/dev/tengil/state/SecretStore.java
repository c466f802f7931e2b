package dev.tengil.state;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.tengil.host.Bytes;
import dev.tengil.host.FileWrite;
import dev.tengil.host.Host;
import dev.tengil.host.HostException;
import dev.tengil.host.HostFile;
import dev.tengil.model.HostPath;
import dev.tengil.model.Parsed;
import dev.tengil.model.Secret;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The values of generated secrets, made once and kept on the target in a 0600 file. A plan may make values that are not kept; the apply
 * saves before anything uses them.
 */
public final class SecretStore {

    private static final String ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789";
    private static final int PRIVATE = 0600;

    private final SortedMap<String, String> values = new TreeMap<>();
    private final SecureRandom random = new SecureRandom();
    private final Set<String> fresh = new HashSet<>();
    private boolean changed;

    /** Takes over what the host keeps; a file that is not understood is refused, since making new values would lock people out. */
    public synchronized Parsed<SecretStore> read(HostPath path, @Nullable HostFile file) {
        if (file == null) {
            return Parsed.ok(this);
        }
        try {
            JsonObject json = JsonParser.parseString(file.content().text()).getAsJsonObject();
            for (var entry : json.entrySet()) {
                JsonElement value = entry.getValue();
                values.put(entry.getKey(), value.getAsString());
            }
            return Parsed.ok(this);
        } catch (JsonParseException | IllegalStateException | UnsupportedOperationException e) {
            return Parsed.bad(path + " is damaged");
        }
    }

    /** A secret that this store holds, or will make when it is first revealed. */
    public Secret generated(String name, int length) {
        return new Secret(name, () -> value(name, length), () -> isFresh(name));
    }

    private synchronized boolean isFresh(String name) {
        return fresh.contains(name);
    }

    private synchronized String value(String name, int length) {
        return values.computeIfAbsent(name, key -> {
            changed = true;
            fresh.add(name);
            StringBuilder text = new StringBuilder(length);
            for (int i = 0; i < length; i++) {
                text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
            }
            return text.toString();
        });
    }

    /** Writes the file if a value was made since it was read. */
    public synchronized void save(Host host, StateFiles files) throws HostException {
        if (!changed) {
            return;
        }
        JsonObject json = new JsonObject();
        values.forEach(json::addProperty);
        host.write(new FileWrite(files.secrets(), Bytes.utf8(json + "\n"), PRIVATE));
        changed = false;
    }
}
