package dev.tengil.host.sim.zfs;

import dev.tengil.host.Bytes;
import dev.tengil.host.sim.Call;
import dev.tengil.host.sim.Zdataset;
import dev.tengil.host.sim.Zfs;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Encrypted datasets: what they have from the one that holds their key, and {@code zfs load-key} and {@code unload-key}. */
final class Encryption {

    private static final int FAILED = 255;
    private static final int SHORTEST = 8;
    private static final String LOCKED = "encryption root's key is not loaded or provided";

    private Encryption() {}

    static Zfs.Value get(Zfs zfs, Zdataset dataset, String property) {
        String own = dataset.properties().get(property);
        if (property.equals("keystatus") && own != null) {
            return ZfsProperties.measuredValue(own);
        }
        Zdataset root = root(zfs, dataset.name());
        if (root == null) {
            return property.equals("keystatus") || property.equals("encryptionroot")
                    ? ZfsProperties.measuredValue("-")
                    : new Zfs.Value(
                            property.equals("encryption") ? "off" : property.equals("pbkdf2iters") ? "0" : "none",
                            "default");
        }
        return switch (property) {
            case "keystatus" -> ZfsProperties.measuredValue(root.properties().getOrDefault("keystatus", "available"));
            case "encryptionroot" -> ZfsProperties.measuredValue(root.name());
            case "pbkdf2iters" -> ZfsProperties.measuredValue("350000");
            case "keylocation" ->
                root.name().equals(dataset.name()) && dataset.type().equals("filesystem")
                        ? new Zfs.Value(root.properties().getOrDefault("keylocation", "prompt"), "local")
                        : new Zfs.Value("none", "default");
            default -> ZfsProperties.measuredValue(root.properties().getOrDefault(property, "-"));
        };
    }

    /** The dataset whose key this one is encrypted with; null for one that is not. */
    private static @Nullable Zdataset root(Zfs zfs, String name) {
        int at = name.indexOf('@');
        for (String here = at < 0 ? name : name.substring(0, at); ; here = Zfs.parent(here)) {
            Zdataset dataset = zfs.get(here);
            String set = dataset == null ? null : dataset.properties().get("encryption");
            if (set != null) {
                return set.equals("off") ? null : dataset;
            }
            if (here.indexOf('/') < 0) {
                return null;
            }
        }
    }

    /** Why a dataset cannot be made below this one or with these properties; null when it can. Completes them. */
    static @Nullable String refusal(Call call, String name, String parent, Map<String, String> properties) {
        Zfs zfs = call.world().zfs();
        String asked = properties.get("encryption");
        if (asked == null || asked.equals("off")) {
            return zfs.isLocked(parent) ? LOCKED : null;
        }
        if (!properties.containsKey("keyformat") && root(zfs, parent) != null) {
            properties.remove("encryption");
            return zfs.isLocked(parent) ? LOCKED : null;
        }
        if (!properties.containsKey("keyformat")) {
            return "Keyformat required for new encryption root.";
        }
        List<String> lines = call.stdin().text().lines().toList();
        if (lines.isEmpty() || lines.getFirst().length() < SHORTEST) {
            return "Passphrase too short (min " + SHORTEST + ").";
        }
        properties.put("encryption", asked.equals("on") ? "aes-256-gcm" : asked);
        call.world().texts("zfs-key").put(name, Bytes.utf8(lines.getFirst()).digest("SHA-256"));
        return null;
    }

    static int load(Call call, List<String> words) {
        return key(call, words, "load");
    }

    static int unload(Call call, List<String> words) {
        return key(call, words, "unload");
    }

    private static int key(Call call, List<String> words, String verb) {
        Options options = new Options(words, "nrL:a");
        if (options.problem() != null || options.operands().size() != 1) {
            return ZfsProgram.usage(
                    call, "Missing dataset argument or -a option", verb + "-key [-r] <-a | filesystem|volume>");
        }
        String name = options.operands().getFirst();
        Zfs zfs = call.world().zfs();
        if (!zfs.exists(name)) {
            return call.fail(1, "cannot open '" + name + "': dataset does not exist");
        }
        boolean loads = verb.equals("load");
        String problem = problem(call, name, loads);
        if (problem != null) {
            return call.fail(FAILED, (loads ? "Key load error: " : "Key unload error: ") + problem);
        }
        zfs.set(name, "keystatus", loads ? "available" : "unavailable");
        return 0;
    }

    private static @Nullable String problem(Call call, String name, boolean loads) {
        Zfs zfs = call.world().zfs();
        Zdataset root = root(zfs, name);
        if (root == null) {
            return "'" + name + "' is not encrypted.";
        }
        if (!root.name().equals(name)) {
            return "Keys must be " + (loads ? "loaded" : "unloaded") + " for encryption root of '" + name + "' ("
                    + root.name() + ").";
        }
        if (loads == !zfs.isLocked(name)) {
            return "Key already " + (loads ? "loaded" : "unloaded") + " for '" + name + "'.";
        }
        if (!loads) {
            return zfs.tree(name, false).stream().anyMatch(Zdataset::mounted) ? "'" + name + "' is busy." : null;
        }
        String given =
                Bytes.utf8(call.stdin().text().lines().findFirst().orElse("")).digest("SHA-256");
        return given.equals(call.world().texts("zfs-key").get(name))
                ? null
                : "Incorrect key provided for '" + name + "'.";
    }
}
