package dev.tengil.host.sim.zfs;

import com.google.gson.JsonObject;
import dev.tengil.host.sim.Call;
import dev.tengil.host.sim.Zdataset;
import dev.tengil.host.sim.Zfs;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** {@code zfs list}. */
final class ZfsList {

    private ZfsList() {}

    static int run(Call call, List<String> words) {
        Options options = new Options(ZfsJson.withoutIntegers(words), "Hprjd:o:t:s:S:");
        if (options.problem() != null) {
            return ZfsProgram.usage(
                    call,
                    options.problem(),
                    "list [-Hp] [-r|-d max] [-o property[,...]] [-t type[,...]] [dataset] ...");
        }
        Zfs zfs = call.world().zfs();
        List<String> columns = options.values('o').isEmpty()
                ? List.of("name", "used", "available", "referenced", "mountpoint")
                : List.of(options.values('o').getLast().split(",", -1));
        List<String> types = options.values('t').isEmpty()
                ? List.of("filesystem", "volume")
                : List.of(options.values('t').getLast().split(",", -1));
        int exit = 0;
        List<Zdataset> chosen = new ArrayList<>();
        for (String name : options.operands().isEmpty() ? zfs.pools() : options.operands()) {
            Zdataset dataset = zfs.get(name);
            boolean deep = options.has('r')
                    || options.operands().isEmpty()
                    || types.contains("snapshot")
                    || types.contains("all");
            if (dataset == null) {
                call.err("cannot open '" + name + "': dataset does not exist");
                exit = 1;
            } else if (deep) {
                // Of depths, -d 1 alone is known: what is right below.
                boolean near = options.has('d');
                zfs.tree(name, true).stream()
                        .filter(each -> types.contains("all") || types.contains(each.type()))
                        .filter(each ->
                                !near || each.name().substring(name.length()).matches("(?:[@/][^/@]*)?"))
                        .sorted(Comparator.comparingLong(
                                each -> options.values('s').contains("createtxg") ? each.created() : 0))
                        .forEach(chosen::add);
            } else {
                chosen.add(dataset);
            }
        }
        if (options.has('j')) {
            JsonObject datasets = new JsonObject();
            boolean integers = ZfsJson.integers(words);
            chosen.forEach(each -> datasets.add(
                    each.name(),
                    ZfsJson.dataset(
                            zfs, each, columns.stream().map(ZfsList::property).toList(), options.has('p'), integers)));
            call.out(ZfsJson.answer("zfs list", "datasets", datasets));
            return exit;
        }
        for (Zdataset dataset : chosen) {
            List<String> cells = new ArrayList<>();
            for (String column : columns) {
                String property = property(column);
                cells.add(
                        column.equals("name")
                                ? dataset.name()
                                : ZfsGet.shown(
                                        property,
                                        zfs.get(dataset.name(), property).value(),
                                        options.has('p')));
            }
            call.out(String.join("\t", cells));
        }
        return exit;
    }

    private static String property(String column) {
        return column.equals("avail") ? "available" : column.equals("refer") ? "referenced" : column;
    }
}
