package dev.tengil.contract;

import dev.tengil.host.Bytes;
import dev.tengil.host.sim.Inode;
import dev.tengil.host.sim.World;
import dev.tengil.host.sim.Zdataset;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What somebody did by hand before tengil looked, on either host: for a real one a shell script with its parameters, for the simulated
 * one a change of its world.
 *
 * <ul>
 *   <li>{@code file PATH}: puts a file there, with standard input as its content
 *   <li>{@code link PATH TARGET}: a symbolic link
 *   <li>{@code busy PATH}: a program sits in this directory for good
 *   <li>{@code pool NAME}: a pool of 128 MiB
 *   <li>{@code fill POOL}: nothing more goes into it
 *   <li>{@code readonly POOL}: it is imported read-only
 *   <li>{@code receive SNAPSHOT DATASET}: made of a stream that carries the properties
 * </ul>
 */
record Deed(List<String> words, String stdin) {

    private static final long SMALL = 128L << 20;

    /** For sh, with the words of the deed as its parameters. */
    String script() {
        return switch (words.getFirst()) {
            case "file" -> "cat > \"$2\"";
            case "link" -> "ln -s \"$3\" \"$2\"";
            case "busy" -> "cd \"$2\" && setsid sleep 3600 < /dev/null > /dev/null 2>&1 &";
            case "pool" -> "truncate -s 128M \"/root/$2.img\" && zpool create \"$2\" \"/root/$2.img\"";
            case "fill" ->
                "dd if=/dev/urandom of=\"/$2/filler\" bs=256k > /dev/null 2>&1; sync; "
                        + "dd if=/dev/urandom of=\"/$2/filler2\" bs=512 > /dev/null 2>&1; sync";
            case "readonly" -> "zpool export \"$2\" && zpool import -d /root -o readonly=on \"$2\"";
            case "receive" -> "zfs send -p \"$2\" | zfs receive \"$3\"";
            default -> throw new IllegalArgumentException("no deed: " + words);
        };
    }

    void on(World world) {
        String what = words.get(1);
        switch (words.getFirst()) {
            case "file" -> world.disk().write(what, Bytes.utf8(stdin), 0644);
            case "link" -> world.disk().put(what, Inode.symlink(words.get(2), 0));
            case "busy" -> world.fact("busy." + world.disk().datasetOf(what), "true");
            case "pool" -> {
                world.fact("pool." + what + ".size", Long.toString(SMALL));
                world.zfs().create(what, "filesystem", Map.of(), true);
            }
            case "fill" -> {
                Zdataset top = Objects.requireNonNull(world.zfs().get(what));
                world.zfs().use(what, top.used() + world.zfs().usable(what));
            }
            case "readonly" -> world.fact("pool." + what + ".readonly", "on");
            case "receive" -> world.zfs().receive(what, words.get(2));
            default -> throw new IllegalArgumentException("no deed: " + words);
        }
    }
}
