package dev.tengil.host.sim.zfs;

import dev.tengil.host.sim.Call;
import dev.tengil.host.sim.Programs;
import dev.tengil.host.sim.Zdataset;
import dev.tengil.host.sim.Zfs;
import dev.tengil.model.Parsed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code zfs set} and {@code zfs inherit}. */
final class ZfsSet {

    private static final int FAILED = 255;
    private static final Set<String> LIMITS = Set.of("quota", "refquota");
    private static final Set<String> RESERVES = Set.of("reservation", "refreservation");

    private ZfsSet() {}

    static int set(Call call, List<String> words, Programs programs) {
        Options options = new Options(words, "u");
        List<String> pairs = new ArrayList<>();
        List<String> names = new ArrayList<>();
        options.operands().forEach(word -> (word.contains("=") && names.isEmpty() ? pairs : names).add(word));
        if (options.problem() != null || pairs.isEmpty() || names.isEmpty()) {
            String problem = options.problem() != null ? options.problem() : "missing property=value argument(s)";
            return ZfsProgram.usage(call, problem, "set <property=value> ... <filesystem|volume|snapshot> ...");
        }
        Zfs zfs = call.world().zfs();
        for (String name : names) {
            Zdataset dataset = zfs.get(name);
            if (dataset == null) {
                return call.fail(1, "cannot open '" + name + "': dataset does not exist");
            }
            Map<String, String> values = new LinkedHashMap<>();
            for (String pair : pairs) {
                String property = pair.substring(0, pair.indexOf('='));
                String problem = problem(zfs, name, property, pair.substring(pair.indexOf('=') + 1), values);
                if (problem != null) {
                    return call.fail(FAILED, "cannot set property for '" + name + "': " + problem);
                }
            }
            if ("on".equals(call.world().fact("pool." + Zfs.pool(name) + ".readonly"))) {
                return call.fail(FAILED, "cannot set property for '" + name + "': pool is read-only");
            }
            String inUse = values.containsKey("mountpoint") ? ZfsInUse.complaint(call, name) : null;
            if (inUse != null) {
                return call.fail(FAILED, inUse);
            }
            values.forEach((property, value) -> zfs.set(name, property, value));
            if (values.containsKey("sharenfs")) {
                ZfsShares.refresh(call, programs);
            }
        }
        return 0;
    }

    private static @Nullable String problem(
            Zfs zfs, String name, String property, String text, Map<String, String> values) {
        ZfsProperties.Native known = ZfsProperties.known(property);
        if (known == null && !ZfsProperties.isUser(property)) {
            return "invalid property '" + property + "'";
        }
        if (known != null && known.settable() != ZfsProperties.Settable.ANY_TIME) {
            return "'" + property + "' is readonly";
        }
        if (property.equals("sharenfs") && !ZfsShares.isValid(text)) {
            return "'sharenfs' cannot be set to invalid options";
        }
        return switch (PropertyValues.read(property, text)) {
            case Parsed.Bad<String>(String reason) -> reason;
            case Parsed.Ok<String>(String value) -> {
                values.put(property, value);
                yield space(zfs, name, property, value);
            }
        };
    }

    private static @Nullable String space(Zfs zfs, String name, String property, String value) {
        if (LIMITS.contains(property) && !value.equals("0") && Long.parseLong(value) < zfs.used(name)) {
            return "size is less than current used or reserved space";
        }
        if (RESERVES.contains(property) && Long.parseLong(value) > zfs.usable(Zfs.pool(name))) {
            return "size is greater than available space";
        }
        return null;
    }

    static int inherit(Call call, List<String> words) {
        Options options = new Options(words, "rS");
        List<String> operands = options.operands();
        if (options.problem() != null || operands.size() < 2) {
            String problem = options.problem() != null ? options.problem() : "missing property argument";
            return ZfsProgram.usage(call, problem, "inherit [-rS] <property> <filesystem|volume|snapshot> ...");
        }
        String property = operands.getFirst();
        ZfsProperties.Native known = ZfsProperties.known(property);
        if (known == null && !ZfsProperties.isUser(property)) {
            return call.fail(1, "invalid property '" + property + "'");
        }
        if (known != null && known.settable() != ZfsProperties.Settable.ANY_TIME) {
            return call.fail(1, "'" + property + "' property is read-only");
        }
        if (known != null && !known.inherited()) {
            call.err("'" + property + "' property cannot be inherited");
            if (LIMITS.contains(property) || RESERVES.contains(property)) {
                call.err("use 'zfs set " + property + "=none' to clear");
            }
            return call.fail(1, "use 'zfs inherit -S " + property + "' to revert to received value");
        }
        Zfs zfs = call.world().zfs();
        for (String name : operands.subList(1, operands.size())) {
            if (!zfs.exists(name)) {
                return call.fail(1, "cannot open '" + name + "': dataset does not exist");
            }
            zfs.inherit(name, property);
        }
        return 0;
    }
}
