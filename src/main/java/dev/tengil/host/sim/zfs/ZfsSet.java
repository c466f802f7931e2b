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
    private static final String INHERIT = "inherit [-rS] <property> <filesystem|volume|snapshot> ...";
    private static final Set<String> LIMITS = Set.of("quota", "refquota");
    private static final Set<String> RESERVES = Set.of("reservation", "refreservation");

    private ZfsSet() {}

    static int set(Call call, List<String> words, Programs programs) {
        Options options = new Options(words, "u");
        List<String> pairs = new ArrayList<>();
        List<String> names = new ArrayList<>();
        options.operands().forEach(word -> (word.contains("=") && names.isEmpty() ? pairs : names).add(word));
        if (options.problem() != null || options.operands().isEmpty() || names.isEmpty()) {
            String problem = options.problem() != null
                    ? options.problem()
                    : names.isEmpty() && !pairs.isEmpty() ? "missing dataset name(s)" : "missing arguments";
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
            String stuck = stuck(zfs, name, values);
            if (stuck != null) {
                return call.fail(FAILED, stuck);
            }
            if (values.containsKey("special_small_blocks")) {
                call.err("special_small_blocks: property requires a special device in the pool");
            }
            values.forEach((property, value) -> zfs.set(name, property, value));
            if (values.containsKey("sharenfs")) {
                ZfsShares.refresh(call, programs);
            }
        }
        return 0;
    }

    /** What has to be unmounted for these, and cannot; null when there is nothing. */
    private static @Nullable String stuck(Zfs zfs, String name, Map<String, String> values) {
        Zdataset itself = zfs.get(name);
        if (values.containsKey("mountpoint")) {
            return ZfsMount.problem(zfs, zfs.tree(name, false));
        }
        return "off".equals(values.get("canmount")) && itself != null ? ZfsMount.problem(zfs, List.of(itself)) : null;
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
        Zdataset dataset = zfs.get(name);
        if (dataset != null && !ZfsProperties.appliesTo(dataset.type(), property)) {
            return "'" + property + "' does not apply to datasets of this type";
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
        long size = LIMITS.contains(property) || RESERVES.contains(property) ? Long.parseLong(value) : 0;
        String reserved = property.startsWith("ref") ? "refreservation" : "reservation";
        String limited = property.startsWith("ref") ? "refquota" : "quota";
        if (LIMITS.contains(property) && size != 0 && size < Math.max(zfs.used(name), number(zfs, name, reserved))) {
            return "size is less than current used or reserved space";
        }
        long limit = number(zfs, name, limited);
        boolean beyond = size - zfs.used(name) > ZfsProperties.available(zfs, name) || (limit > 0 && size > limit);
        return RESERVES.contains(property) && size > 0 && beyond ? "size is greater than available space" : null;
    }

    private static long number(Zfs zfs, String name, String property) {
        String value = zfs.get(name, property).value();
        return value.equals("-") ? 0 : Long.parseLong(value);
    }

    static int inherit(Call call, List<String> words) {
        Options options = new Options(words, "rS");
        List<String> operands = options.operands();
        if (options.problem() != null || operands.size() < 2) {
            String missing = operands.isEmpty() ? "missing property argument" : "missing dataset argument";
            return ZfsProgram.usage(call, options.problem() != null ? options.problem() : missing, INHERIT);
        }
        String property = operands.getFirst();
        ZfsProperties.Native known = ZfsProperties.known(property);
        if (known == null && !ZfsProperties.isUser(property)) {
            return ZfsProgram.usage(call, "invalid property '" + property + "'", INHERIT);
        }
        if (known != null && known.settable() != ZfsProperties.Settable.ANY_TIME) {
            return call.fail(1, property + " property is read-only");
        }
        boolean reverts = options.has('S');
        if (known != null && !known.inherited() && !reverts) {
            call.err("'" + property + "' property cannot be inherited");
            if (LIMITS.contains(property) || RESERVES.contains(property)) {
                call.err("use 'zfs set " + property + "=none' to clear");
                call.err("use 'zfs inherit -S " + property + "' to revert to received value");
            }
            return 1;
        }
        Zfs zfs = call.world().zfs();
        for (String name : operands.subList(1, operands.size())) {
            if (!zfs.exists(name)) {
                return call.fail(1, "cannot open '" + name + "': dataset does not exist");
            }
            if ("on".equals(call.world().fact("pool." + Zfs.pool(name) + ".readonly"))) {
                return call.fail(1, "cannot inherit " + property + " for '" + name + "': pool is read-only");
            }
            for (Zdataset each : options.has('r')
                    ? zfs.tree(name, false)
                    : List.of(zfs.tree(name, false).getFirst())) {
                if (reverts) {
                    zfs.revert(each.name(), property);
                } else {
                    zfs.inherit(each.name(), property);
                }
            }
        }
        return 0;
    }
}
