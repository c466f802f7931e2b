package dev.tengil.cli;

import dev.tengil.host.Bytes;
import dev.tengil.host.sim.Faults;
import dev.tengil.host.sim.SimulatedHost;
import dev.tengil.host.sim.World;
import java.nio.file.Path;

/**
 * What befalls a simulated host without a program being run there: {@code pool tank health SUSPENDED}, {@code clock -86400} in seconds,
 * {@code cut-short PATH}: the first half of a file is left, {@code content PATH TEXT}: something else stands in it, {@code copy FROM TO},
 * {@code append PATH LINES}.
 */
final class Mishap {

    private Mishap() {}

    static void befall(Path folder, String what) {
        String[] words = what.split(" ", 4);
        try (SimulatedHost host =
                SimulatedHost.in(folder.resolve("w"), "sim", Faults.none()).orThrow()) {
            host.look(world -> {
                switch (words[0]) {
                    case "pool" -> world.fact("pool." + words[1] + "." + words[2], words[3]);
                    case "clock" ->
                        world.fact("clock", Long.toString(world.now().getEpochSecond() + Long.parseLong(words[1])));
                    case "cut-short" -> {
                        String text = content(world, words[1]);
                        world.disk().write(words[1], Bytes.utf8(text.substring(0, text.length() / 2)), 0600);
                    }
                    case "copy" -> world.disk().write(words[2], Bytes.utf8(content(world, words[1])), 0600);
                    case "append" ->
                        world.disk()
                                .write(
                                        words[1],
                                        Bytes.utf8(content(world, words[1])
                                                + what.substring("append ".length() + words[1].length())
                                                        .strip()
                                                        .replace("\\n", "\n")),
                                        0640);
                    case "content" ->
                        world.disk()
                                .write(
                                        words[1],
                                        Bytes.utf8(what.substring("content ".length() + words[1].length())
                                                        .strip()
                                                + "\n"),
                                        0600);
                    default -> throw new AssertionError("no such mishap: " + what);
                }
                return true;
            });
        }
    }

    private static String content(World world, String path) {
        var inode = world.disk().follow(path);
        if (inode == null) {
            throw new AssertionError(path + " is not there");
        }
        return inode.content().text();
    }
}
