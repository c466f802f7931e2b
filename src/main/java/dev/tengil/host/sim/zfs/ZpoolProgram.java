package dev.tengil.host.sim.zfs;

import com.google.gson.JsonObject;
import dev.tengil.host.sim.Call;
import dev.tengil.host.sim.Program;
import dev.tengil.host.sim.World;
import dev.tengil.host.sim.Zfs;
import dev.tengil.model.ByteSize;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code zpool list} and {@code zpool get}; tengil asks for nothing else. */
public final class ZpoolProgram implements Program {

    private static final int USAGE = 2;

    /** The whole names of columns that are asked for by short ones. */
    private static final Map<String, String> LONG = Map.of(
            "alloc",
            "allocated",
            "ckpoint",
            "checkpoint",
            "expandsz",
            "expandsize",
            "frag",
            "fragmentation",
            "cap",
            "capacity",
            "dedup",
            "dedupratio");

    @Override
    public int run(Call call) {
        List<String> words = call.arguments();
        if (words.isEmpty() || !words.getFirst().equals("list")) {
            return call.fail(
                    USAGE, words.isEmpty() ? "missing command" : "unrecognized command '" + words.getFirst() + "'");
        }
        Options options = new Options(ZfsJson.withoutIntegers(words.subList(1, words.size())), "Hpjo:vLPgT:");
        if (options.problem() != null) {
            return call.fail(USAGE, options.problem());
        }
        List<String> columns = options.values('o').isEmpty()
                ? List.of(
                        "name",
                        "size",
                        "alloc",
                        "free",
                        "ckpoint",
                        "expandsz",
                        "frag",
                        "cap",
                        "dedup",
                        "health",
                        "altroot")
                : List.of(options.values('o').getLast().split(",", -1));
        Zfs zfs = call.world().zfs();
        JsonObject pools = new JsonObject();
        boolean integers = ZfsJson.integers(words);
        int exit = 0;
        for (String pool : options.operands().isEmpty() ? zfs.pools() : options.operands()) {
            if (!zfs.exists(pool)) {
                call.err("cannot open '" + pool + "': no such pool");
                exit = 1;
                continue;
            }
            if (options.has('j')) {
                pools.add(pool, json(call.world(), pool, columns, options.has('p'), integers));
                continue;
            }
            List<String> cells = new ArrayList<>();
            columns.forEach(column -> cells.add(cell(call.world(), pool, column, options.has('p'))));
            call.out(String.join("\t", cells));
        }
        if (options.has('j')) {
            call.out(ZfsJson.answer("zpool list", "pools", pools));
        }
        return exit;
    }

    private static JsonObject json(World world, String pool, List<String> columns, boolean exact, boolean integers) {
        JsonObject properties = new JsonObject();
        for (String column : columns) {
            if (!column.equals("name")) {
                String text = cell(world, pool, column, exact || integers);
                String source = column.equals("altroot") ? "default" : "-";
                properties.add(LONG.getOrDefault(column, column), ZfsJson.property(text, source, integers));
            }
        }
        JsonObject out = new JsonObject();
        out.addProperty("name", pool);
        out.addProperty("type", "POOL");
        out.addProperty("state", cell(world, pool, "health", true));
        out.addProperty("pool_guid", cell(world, pool, "guid", true));
        out.add("txg", ZfsJson.value("4", integers));
        out.add("spa_version", ZfsJson.value("5000", integers));
        out.add("zpl_version", ZfsJson.value("5", integers));
        out.add("properties", properties);
        return out;
    }

    private static String cell(World world, String pool, String column, boolean exact) {
        Zfs zfs = world.zfs();
        return switch (column) {
            case "name" -> pool;
            case "size" -> bytes(zfs.size(pool), exact);
            case "alloc", "allocated" -> bytes(zfs.used(pool), exact);
            case "free" -> bytes(zfs.free(pool), exact);
            case "frag", "fragmentation" -> exact ? "0" : "0%";
            case "cap", "capacity" -> {
                long percent = zfs.size(pool) == 0 ? 0 : zfs.used(pool) * 100 / zfs.size(pool);
                yield exact ? Long.toString(percent) : percent + "%";
            }
            case "dedup", "dedupratio" -> exact ? "1.00" : "1.00x";
            case "health" -> fact(world, pool, "health", "ONLINE");
            case "readonly" -> fact(world, pool, "readonly", "off");
            case "bootfs" -> fact(world, pool, "bootfs", "-");
            case "guid" -> String.valueOf(Math.abs((long) pool.hashCode()) + 6_000_000_000_000_000_000L);
            default -> "-";
        };
    }

    private static String fact(World world, String pool, String name, String otherwise) {
        String value = world.fact("pool." + pool + "." + name);
        return value == null ? otherwise : value;
    }

    private static String bytes(long bytes, boolean exact) {
        return exact ? Long.toString(bytes) : new ByteSize(bytes).rounded();
    }
}
