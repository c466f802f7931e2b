package dev.tengil.host.sim.zfs;

import dev.tengil.host.sim.Call;
import dev.tengil.host.sim.Disk;
import dev.tengil.host.sim.Zdataset;
import dev.tengil.host.sim.Zfs;
import dev.tengil.model.Parsed;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** {@code zfs create}. */
final class ZfsCreate {

    private static final String LEGAL = "_-.: ";

    private ZfsCreate() {}

    static int run(Call call, List<String> words) {
        Options options = new Options(words, "pnuvPo:V:sb:");
        if (options.problem() != null || options.operands().size() != 1) {
            String problem = options.problem() != null ? options.problem() : "missing filesystem argument";
            return ZfsProgram.usage(call, problem, "create [-Pnpuv] [-o property=value] ... <filesystem>");
        }
        String name = options.operands().getFirst();
        String cannot = "cannot create '" + name + "': ";
        Zfs zfs = call.world().zfs();
        String wrong = wrongName(name);
        if (wrong != null) {
            return call.fail(1, cannot + wrong);
        }
        SortedMap<String, String> properties = new TreeMap<>();
        for (String pair : options.values('o')) {
            int equals = pair.indexOf('=');
            if (equals < 0) {
                return call.fail(1, "missing '=' for property=value argument");
            }
            String property = pair.substring(0, equals);
            if (properties.containsKey(property)) {
                return call.fail(1, "property '" + property + "' specified multiple times");
            }
            ZfsProperties.Native known = ZfsProperties.known(property);
            if (known == null && !ZfsProperties.isUser(property)) {
                return call.fail(1, cannot + "invalid property '" + property + "'");
            }
            if (known != null && known.settable() == ZfsProperties.Settable.NEVER) {
                return call.fail(1, cannot + "'" + property + "' is readonly");
            }
            switch (PropertyValues.read(property, pair.substring(equals + 1))) {
                case Parsed.Ok<String>(String value) -> properties.put(property, value);
                case Parsed.Bad<String>(String reason) -> {
                    return call.fail(1, cannot + reason);
                }
            }
        }
        if (!options.values('V').isEmpty()) {
            String size = options.values('V').getLast();
            switch (PropertyValues.read("volsize", size)) {
                case Parsed.Ok<String>(String value) -> properties.put("volsize", wholeBlocks(value, properties));
                case Parsed.Bad<String>(String reason) -> {
                    return call.fail(1, "bad volume size '" + size + "': " + reason);
                }
            }
        }
        if (!zfs.exists(Zfs.pool(name))) {
            return call.fail(1, cannot + "no such pool '" + Zfs.pool(name) + "'");
        }
        if (zfs.exists(name)) {
            return options.has('p') ? 0 : call.fail(1, cannot + "dataset already exists");
        }
        List<String> missing = new ArrayList<>();
        for (String each = Zfs.parent(name); !zfs.exists(each); each = Zfs.parent(each)) {
            missing.addFirst(each);
        }
        if (!missing.isEmpty() && !options.has('p')) {
            return call.fail(1, cannot + "parent does not exist");
        }
        if ("on".equals(call.world().fact("pool." + Zfs.pool(name) + ".readonly"))) {
            return call.fail(1, cannot + "pool is read-only");
        }
        String parent = missing.isEmpty() ? Zfs.parent(name) : Zfs.parent(missing.getFirst());
        Zdataset above = zfs.get(parent);
        if (above != null && !above.type().equals("filesystem")) {
            return call.fail(1, cannot + "parent is not a filesystem");
        }
        boolean crowded =
                properties.entrySet().stream().anyMatch(each -> noRoom(zfs, parent, each.getKey(), each.getValue()));
        if (crowded || ZfsProperties.available(zfs, parent) < 1 << 20) {
            return call.fail(1, cannot + "out of space");
        }
        String locked = Encryption.refusal(call, name, parent, properties);
        if (locked != null) {
            return call.fail(1, cannot + locked);
        }
        if (options.has('n')) {
            if (options.has('v')) {
                call.out("would create " + name);
                options.values('o').forEach(pair -> call.out("\t" + pair));
            }
            return 0;
        }
        missing.forEach(each -> zfs.create(each, "filesystem", new TreeMap<>(), true));
        boolean volume = !options.values('V').isEmpty();
        boolean placeless = !volume && call.world().disk().isReadOnly(zfs.mountpoint(parent));
        zfs.create(name, volume ? "volume" : "filesystem", properties, !options.has('u') && !placeless);
        if (placeless) {
            call.err("cannot mount '" + zfs.mountpoint(name) + "': failed to create mountpoint: " + Disk.READ_ONLY);
            return call.fail(1, "filesystem successfully created, but not mounted");
        }
        if (!options.has('u') && !volume && !zfs.isCovering(name)) {
            call.err("cannot mount '" + zfs.mountpoint(name) + "': directory is not empty");
            return call.fail(1, "filesystem successfully created, but not mounted");
        }
        return 0;
    }

    /** Whether a limit is too small for anything, or more is reserved than there is. */
    private static boolean noRoom(Zfs zfs, String parent, String property, String value) {
        return switch (property) {
            case "quota", "refquota" -> !value.equals("0") && Long.parseLong(value) < Zfs.OWN_BYTES;
            case "reservation", "refreservation" -> Long.parseLong(value) > ZfsProperties.available(zfs, parent);
            default -> false;
        };
    }

    private static String wholeBlocks(String size, SortedMap<String, String> properties) {
        long block = Long.parseLong(properties.getOrDefault("volblocksize", "16384"));
        return Long.toString((Long.parseLong(size) + block - 1) / block * block);
    }

    static @Nullable String wrongName(String name) {
        if (name.startsWith("/")) {
            return "leading slash in name";
        }
        if (name.endsWith("/")) {
            return "trailing slash in name";
        }
        if (name.indexOf('@') >= 0) {
            return "snapshot delimiter '@' is not expected here";
        }
        if (name.indexOf('#') >= 0) {
            return "bookmark delimiter '#' is not expected here";
        }
        if (name.contains("//")) {
            return "empty component or misplaced '@' or '#' delimiter in name";
        }
        if (name.length() > 255) {
            return "name is too long";
        }
        for (String part : name.split("/", -1)) {
            if (part.equals(".")) {
                return "self reference, '.' is found in name";
            }
            if (part.equals("..")) {
                return "parent reference, '..' is found in name";
            }
            for (int i = 0; i < part.length(); i++) {
                char c = part.charAt(i);
                boolean plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
                if (!plain && LEGAL.indexOf(c) < 0) {
                    return "invalid character '" + c + "' in name";
                }
            }
        }
        return null;
    }
}
