package dev.tengil.host.sim;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Everything that the simulated machine is: tables, and the views through which programs use them. */
public final class World {

    private final Map<String, Table<?>> tables = new LinkedHashMap<>();
    private final Table<Zdataset> datasets;
    private final Table<Inode> inodes;
    private final Table<String> facts;
    private final Table<String> counters;
    private final Disk disk;
    private final Zfs zfs;

    World() {
        facts = add(new Table<>("facts", Function.identity(), Function.identity()));
        counters = add(new Table<>("counters", Function.identity(), Function.identity()));
        datasets = add(new Table<>("datasets", Zdataset::encode, Zdataset::decode));
        inodes = add(new Table<>("inodes", Inode::encode, Inode::decode));
        disk = new Disk(this, inodes, datasets);
        zfs = new Zfs(this, datasets, disk);
    }

    private <T> Table<T> add(Table<T> table) {
        tables.put(table.name(), table);
        return table;
    }

    /** A table of texts that survives, made when first asked for. Names are the programs' own. */
    @SuppressWarnings("unchecked") // every table that is not listed above holds texts
    public Table<String> texts(String name) {
        String full = "text." + name;
        Table<?> table = tables.get(full);
        return table != null ? (Table<String>) table : add(new Table<>(full, Function.identity(), Function.identity()));
    }

    public Disk disk() {
        return disk;
    }

    Table<Zdataset> datasets() {
        return datasets;
    }

    public Zfs zfs() {
        return zfs;
    }

    /** A fact of the world's description: {@code node}, {@code cpus}, {@code memory}, {@code pve}…; null when it has none. */
    public @Nullable String fact(String name) {
        return facts.get(name);
    }

    public void fact(String name, String value) {
        facts.put(name, value);
    }

    /** The node's name. */
    public String node() {
        String name = facts.get("node");
        return name == null ? "pve" : name;
    }

    /** The next number of a counter, from 1; what looks random on a real host is made of it. */
    public long next(String counter) {
        String last = counters.get(counter);
        long number = (last == null ? 0 : Long.parseLong(last)) + 1;
        counters.put(counter, Long.toString(number));
        return number;
    }

    /** The world's clock: it stands while a program runs. */
    public Instant now() {
        String clock = facts.get("clock");
        return Instant.ofEpochSecond(clock == null ? WorldDescription.EPOCH : Long.parseLong(clock));
    }

    /** Time goes by; called between programs that change something. */
    void tick() {
        pass(1);
    }

    /** A program waits for so many seconds of the world's time. */
    public void pass(int seconds) {
        facts.put("clock", Long.toString(now().getEpochSecond() + seconds));
    }

    /** A table by the name under which it is stored. */
    Table<?> stored(String name) {
        Table<?> table = tables.get(name);
        return table != null ? table : texts(name.substring("text.".length()));
    }

    Iterable<Table<?>> stored() {
        return tables.values();
    }

    boolean isChanged() {
        return tables.values().stream().anyMatch(Table::isChanged);
    }
}
