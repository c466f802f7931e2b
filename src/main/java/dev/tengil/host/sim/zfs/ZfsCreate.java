package dev.tengil.host.sim.zfs;

import dev.tengil.host.sim.Call;
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
                return call.fail(2, "missing '=' for property=value argument");
            }
            String property = pair.substring(0, equals);
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
        if (!zfs.exists(Zfs.pool(name))) {
            return call.fail(1, cannot + "no such pool '" + Zfs.pool(name) + "'");
        }
        if (zfs.exists(name)) {
            return options.has('p') ? 0 : call.fail(1, cannot + "dataset already exists");
        }
        List<String> missing = new ArrayList<>();
        for (String above = Zfs.parent(name); !zfs.exists(above); above = Zfs.parent(above)) {
            missing.addFirst(above);
        }
        if (!missing.isEmpty() && !options.has('p')) {
            return call.fail(1, cannot + "parent does not exist");
        }
        if ("on".equals(call.world().fact("pool." + Zfs.pool(name) + ".readonly"))) {
            return call.fail(1, cannot + "pool is read-only");
        }
        if (ZfsProperties.available(zfs, missing.isEmpty() ? Zfs.parent(name) : Zfs.parent(missing.getFirst()))
                < 1 << 20) {
            return call.fail(1, cannot + "out of space");
        }
        if (options.has('n')) {
            if (options.has('v')) {
                call.out("would create " + name);
                options.values('o').forEach(pair -> call.out("\t" + pair));
            }
            return 0;
        }
        missing.forEach(above -> zfs.create(above, "filesystem", new TreeMap<>(), true));
        zfs.create(name, options.values('V').isEmpty() ? "filesystem" : "volume", properties, !options.has('u'));
        return 0;
    }

    static @Nullable String wrongName(String name) {
        if (name.startsWith("/")) {
            return "leading slash in name";
        }
        if (name.endsWith("/")) {
            return "trailing slash in name";
        }
        if (name.contains("//")) {
            return "empty component or misplaced '@' or '#' delimiter in name";
        }
        if (name.length() > 255) {
            return "name is too long";
        }
        for (String part : name.split("/", -1)) {
            if (part.equals(".") || part.equals("..")) {
                return "'" + part + "' is not allowed in name";
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
