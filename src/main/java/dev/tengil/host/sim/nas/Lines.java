package dev.tengil.host.sim.nas;

import dev.tengil.host.Bytes;
import dev.tengil.host.sim.Disk;
import dev.tengil.host.sim.Inode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** A text file of the simulated host by its lines. */
final class Lines {

    private Lines() {}

    static List<String> of(Disk disk, String path) {
        Inode file = disk.follow(path);
        return file == null ? List.of() : file.content().text().lines().toList();
    }

    static void add(Disk disk, String path, String line) {
        List<String> lines = new ArrayList<>(of(disk, path));
        lines.add(line);
        write(disk, path, lines);
    }

    static void edit(Disk disk, String path, UnaryOperator<String> edit) {
        write(disk, path, of(disk, path).stream().map(edit).toList());
    }

    static void write(Disk disk, String path, List<String> lines) {
        disk.write(path, Bytes.utf8(lines.isEmpty() ? "" : String.join("\n", lines) + "\n"), 0644);
    }

    /** Whether a line of passwd or group begins with this name. */
    static boolean has(Disk disk, String path, String name) {
        return of(disk, path).stream().anyMatch(line -> line.startsWith(name + ":"));
    }
}
