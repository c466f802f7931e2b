package dev.tengil.host.sim.pve.guest;

import dev.tengil.host.Bytes;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads and writes {@code /etc/pve/storage.cfg} (pve-common SectionConfig.pm, pve-storage Plugin.pm). */
final class StorageText {

    /** A property that is shown of what no file says, and never written. */
    private static final String RANK = "priority";

    private StorageText() {}

    static Map<String, Storage> parse(Bytes file) {
        Map<String, Storage> storages = new LinkedHashMap<>();
        Map<String, String> properties = new LinkedHashMap<>();
        for (String line : file.text().split("\n", -1)) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            int colon = line.indexOf(':');
            if (!Character.isWhitespace(line.charAt(0)) && colon > 0) {
                properties = new LinkedHashMap<>();
                Storage storage = new Storage(
                        line.substring(0, colon).strip(),
                        line.substring(colon + 1).strip(),
                        properties);
                storages.put(storage.id(), storage);
            } else {
                String[] parts = line.strip().split("\\s+", 2);
                properties.put(parts[0], parts.length > 1 ? parts[1] : "1");
            }
        }
        storages.computeIfAbsent("local", _ -> local());
        return storages;
    }

    /** The storage that exists even when no file says so. */
    private static Storage local() {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("path", "/var/lib/vz");
        properties.put("content", "backup,images,iso,rootdir,snippets,vztmpl");
        properties.put("prune-backups", "keep-all=1");
        properties.put(RANK, "0");
        return new Storage("dir", "local", properties);
    }

    static Bytes write(Map<String, Storage> storages) {
        StringBuilder out = new StringBuilder();
        for (Storage storage : storages.values()) {
            out.append(out.isEmpty() ? "" : "\n")
                    .append(storage.type())
                    .append(": ")
                    .append(storage.id())
                    .append('\n');
            storage.properties().forEach((key, value) -> {
                boolean flag = key.equals("disable") || key.equals("sparse");
                if ((!flag || value.equals("1")) && !key.equals(RANK)) {
                    out.append('\t').append(key).append(flag ? "" : " " + value).append('\n');
                }
            });
        }
        return Bytes.utf8(out.toString());
    }
}
