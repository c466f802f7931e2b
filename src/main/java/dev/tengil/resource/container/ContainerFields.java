package dev.tengil.resource.container;

import dev.tengil.host.Bytes;
import dev.tengil.model.ByteSize;
import dev.tengil.model.ImageReference;
import dev.tengil.model.Parsed;
import dev.tengil.model.Secret;
import dev.tengil.resource.AppliedResource;
import dev.tengil.resource.FieldValue;
import dev.tengil.resource.facts.Guest;
import dev.tengil.resource.facts.GuestConf;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The fields of a container, desired and actual, in forms that can be compared. */
final class ContainerFields {
    private static final String HIDDEN = "‹secret›";

    /** Begins the field of a label. Proxmox has no place for labels, so what was applied is what there is. */
    static final String LABEL = "label.";

    private ContainerFields() {}

    static SortedMap<String, FieldValue> desired(Container container, String salt) {
        SortedMap<String, FieldValue> fields = new TreeMap<>();
        container.options().forEach((key, value) -> fields.put(key, option(key, value)));
        container.tags().forEach(tag -> put(fields, "tag." + tag, "set"));
        container.labels().forEach((name, value) -> put(fields, LABEL + name, value));
        container.mounts().forEach(mount -> put(fields, "mount." + mount.target(), Mount.canonical(mount.text())));
        container.files().forEach((target, line) -> put(fields, "file." + target, line));
        container.devices().forEach((path, text) -> put(fields, "device." + path, device(text)));
        for (Container.Variable variable : container.env()) {
            Secret secret = variable.secret();
            put(fields, "env." + variable.name(), String.valueOf(variable.value()));
            if (secret != null) {
                fields.put("env." + variable.name(), new FieldValue(secret.digest(salt), HIDDEN, null));
            }
        }
        container.raw().forEach((key, value) -> put(fields, "raw." + key, value));
        PropertyString net = container.net();
        if (net != null) {
            put(fields, "network", net.print("name"));
        }
        Container.Root root = container.root();
        if (root != null && root.owned()) {
            fields.put("disk", size(root.bytes()));
        }
        if (root != null && !(container.origin() instanceof Container.Origin.Existing)) {
            put(fields, "storage", root.storage());
        }
        if (container.privileged() != null) {
            put(fields, "unprivileged", container.privileged() ? "0" : "1");
        }
        if (container.origin() instanceof Container.Origin.Image image) {
            fields.put("image", image(image.reference().toString()));
        }
        if (container.origin() instanceof Container.Origin.Template) {
            put(fields, "template", container.choices().getOrDefault("template_asked", ""));
        }
        if (!container.postInstall().isEmpty()) {
            int programs = container.postInstall().size();
            fields.put(
                    "post_install",
                    new FieldValue(
                            digest(container.postInstall()),
                            programs + (programs == 1 ? " command" : " commands"),
                            null));
        }
        if (container.state() != null) {
            put(fields, "state", container.state());
        }
        return fields;
    }

    /**
     * What the host has.
     *
     * @param withPending whether what waits for a restart counts as there
     */
    static SortedMap<String, FieldValue> actual(
            Container container,
            Guest guest,
            GuestConf conf,
            @Nullable AppliedResource applied,
            String salt,
            boolean withPending) {
        SortedMap<String, String> options = options(conf, withPending);
        SortedMap<String, FieldValue> fields = new TreeMap<>();
        put(fields, "onboot", "0");
        options.forEach((key, value) -> {
            if (key.matches("mp\\d+")) {
                put(fields, "mount." + Mount.target(value), Mount.canonical(value));
            } else if (key.matches("dev\\d+")) {
                put(fields, "device." + PropertyString.parse(device(value)).get("path"), device(value));
            } else if (key.equals("net0")) {
                put(
                        fields,
                        "network",
                        NetResolver.canonical(PropertyString.parse(value)).print("name"));
            } else if (key.equals("rootfs")) {
                PropertyString rootfs = PropertyString.parse(value);
                int colon = rootfs.first().indexOf(':');
                put(
                        fields,
                        "storage",
                        colon < 0 ? rootfs.first() : rootfs.first().substring(0, colon));
                String size = rootfs.get("size");
                if (size != null && ByteSize.parse(size, 'B') instanceof Parsed.Ok<ByteSize>(ByteSize bytes)) {
                    fields.put("disk", size(bytes.bytes()));
                }
            } else if (!key.equals("tags")) {
                fields.put(key, option(key, value));
            }
        });
        fields.putIfAbsent("unprivileged", FieldValue.of("0"));
        Mark.tags(conf).forEach(tag -> put(fields, "tag." + tag, "set"));
        String description = description(conf);
        if (!description.isEmpty()) {
            put(fields, "description", description);
        }
        env(container, conf, applied, salt, fields);
        for (GuestConf.Raw raw : conf.raw()) {
            if (raw.key().equals("lxc.mount.entry")) {
                container.files().forEach((target, line) -> {
                    if (entryTarget(raw.value()).equals(target)) {
                        put(fields, "file." + target, utf8(raw.value()));
                    }
                });
            } else {
                put(fields, "raw." + raw.key(), raw.value());
            }
        }
        if (guest.pool() != null) {
            put(fields, "pool", guest.pool());
        }
        put(fields, "state", guest.running() ? "running" : "stopped");
        if (applied != null) {
            for (String remembered : List.of("image", "template", "post_install")) {
                String value = applied.fields().get(remembered);
                if (value != null) {
                    fields.put(remembered, remembered(remembered, value));
                }
            }
            applied.fields().forEach((name, value) -> {
                boolean there =
                        conf.raw().stream().anyMatch(raw -> utf8(raw.value()).equals(value));
                if (name.startsWith(LABEL) || (name.startsWith("file.") && there)) {
                    fields.putIfAbsent(name, FieldValue.of(value));
                }
            });
        }
        return fields;
    }

    static SortedMap<String, String> options(GuestConf conf, boolean withPending) {
        SortedMap<String, String> options = new TreeMap<>(conf.options());
        if (withPending) {
            conf.pending().forEach((key, value) -> {
                if (value == null) {
                    options.remove(key);
                } else {
                    options.put(key, value);
                }
            });
        }
        return options;
    }

    private static void env(
            Container container,
            GuestConf conf,
            @Nullable AppliedResource applied,
            String salt,
            Map<String, FieldValue> fields) {
        for (String line : conf.env()) {
            int equals = line.indexOf('=');
            if (equals < 1) {
                continue;
            }
            String name = line.substring(0, equals);
            String value = utf8(line.substring(equals + 1));
            boolean secret = container.env().stream()
                            .filter(variable -> variable.name().equals(name))
                            .anyMatch(variable -> variable.secret() != null)
                    || (wasSecret(applied, "env." + name)
                            && container.env().stream()
                                    .noneMatch(variable ->
                                            variable.name().equals(name) && value.equals(variable.value())));
            fields.put(
                    "env." + name,
                    secret ? new FieldValue(Secret.of(name, value).digest(salt), HIDDEN, null) : FieldValue.of(value));
        }
    }

    /** The state knows a secret by its digest; what the file no longer calls one is still none to be shown. */
    private static boolean wasSecret(@Nullable AppliedResource applied, String field) {
        return applied != null && applied.fields().getOrDefault(field, "").matches("[0-9a-f]{64}");
    }

    /** Two values of an option mean the same exactly when these are equal. */
    private static String canonical(String key, String value) {
        return switch (key) {
            case "nameserver", "searchdomain" -> value.strip().replaceAll("[,;\\s]+", " ");
            case "features", "startup" -> {
                PropertyString parts = PropertyString.parse(
                        key.equals("startup") && value.matches("\\d+.*") ? "order=" + value : value);
                for (String name : parts.options().keySet()) {
                    parts = key.equals("features") && "0".equals(parts.get(name)) ? parts.with(name, null) : parts;
                }
                yield parts.print(key.equals("startup") ? "order" : "");
            }
            case "cpulimit" -> value.contains(".") ? value.replaceAll("\\.?0+$", "") : value;
            default -> value;
        };
    }

    /** The path on the host of a device. */
    static String devicePath(String text) {
        return String.valueOf(PropertyString.parse(device(text)).get("path"));
    }

    private static String device(String text) {
        PropertyString device = PropertyString.parse(text);
        return device.first().isEmpty()
                ? device.print("path")
                : new PropertyString("", device.with("path", device.first()).options()).print("path");
    }

    /** The comment lines of the config, which Proxmox shows as description. */
    private static String description(GuestConf conf) {
        return utf8(unescaped(String.join("\n", comment(conf)))).strip();
    }

    /** The comment lines as they stand there, without their {@code #}. */
    static List<String> comment(GuestConf conf) {
        return conf.text()
                .lines()
                .takeWhile(line -> !line.startsWith("["))
                .filter(line -> line.startsWith("#"))
                .map(line -> line.substring(1))
                .toList();
    }

    private static String unescaped(String text) {
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            boolean escape = text.charAt(i) == '%'
                    && i + 2 < text.length()
                    && text.substring(i + 1, i + 3).matches("[0-9A-Fa-f]{2}");
            plain.append(escape ? (char) Integer.parseInt(text.substring(i + 1, i + 3), 16) : text.charAt(i));
            i += escape ? 2 : 0;
        }
        return plain.toString();
    }

    /** Configs are kept byte by byte; people read UTF-8. */
    static String utf8(String bytes) {
        return bytes.chars().allMatch(c -> c < 0x80)
                ? bytes
                : new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    static String entryTarget(String mountEntry) {
        String[] parts = mountEntry.split(" ", -1);
        return parts.length > 1 ? "/" + parts[1].replace("\\040", " ").replace("\\134", "\\") : "";
    }

    private static FieldValue option(String key, String value) {
        String canonical = canonical(key, value);
        boolean mebibytes = (key.equals("memory") || key.equals("swap")) && canonical.matches("\\d{1,12}");
        return mebibytes
                ? new FieldValue(canonical, new ByteSize(Long.parseLong(canonical) << 20).shortest(), null)
                : FieldValue.of(canonical);
    }

    private static FieldValue remembered(String field, String value) {
        return switch (field) {
            case "image" -> image(value);
            case "post_install" -> new FieldValue(value, "other commands", null);
            default -> FieldValue.of(value);
        };
    }

    static FieldValue image(String reference) {
        return switch (ImageReference.parse(reference)) {
            case Parsed.Ok<ImageReference>(ImageReference image) -> new FieldValue(reference, image.shown(), null);
            case Parsed.Bad<ImageReference> _ -> FieldValue.of(reference);
        };
    }

    private static FieldValue size(long bytes) {
        return new FieldValue(Long.toString(bytes), new ByteSize(bytes).shortest(), null);
    }

    private static void put(Map<String, FieldValue> fields, String name, String value) {
        fields.put(name, FieldValue.of(value));
    }

    private static String digest(List<List<String>> programs) {
        return Bytes.utf8(programs.toString()).digest("SHA-256").substring(0, 16);
    }
}
