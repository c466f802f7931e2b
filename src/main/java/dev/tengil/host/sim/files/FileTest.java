package dev.tengil.host.sim.files;

import dev.tengil.host.sim.Call;
import dev.tengil.host.sim.Disk;
import dev.tengil.host.sim.Inode;
import dev.tengil.host.sim.Program;
import java.util.List;

/** {@code test [!] -e|-f|-d|-L|-s|-c PATH}. */
final class FileTest implements Program {

    private static final int NOT_UNDERSTOOD = 2;

    @Override
    public int run(Call call) {
        List<String> words = call.arguments();
        boolean negated = !words.isEmpty() && words.getFirst().equals("!");
        List<String> rest = negated ? words.subList(1, words.size()) : words;
        if (rest.size() != 2) {
            return call.fail(NOT_UNDERSTOOD, "test: the simulated host knows only tests of one file");
        }
        Disk disk = call.world().disk();
        String path = rest.get(1);
        Inode inode = disk.follow(path);
        Boolean holds = switch (rest.getFirst()) {
            case "-e" -> inode != null;
            case "-f" -> inode != null && inode.kind() == Inode.Kind.FILE;
            case "-d" -> inode != null && inode.kind() == Inode.Kind.DIRECTORY;
            case "-c" -> inode != null && inode.kind() == Inode.Kind.CHARACTER_DEVICE;
            case "-s" -> inode != null && !inode.content().isEmpty();
            case "-L", "-h" -> {
                Inode itself = disk.get(path);
                yield itself != null && itself.kind() == Inode.Kind.SYMLINK;
            }
            default -> null;
        };
        if (holds == null) {
            return call.fail(NOT_UNDERSTOOD, "test: " + Words.quoted(rest.getFirst()) + ": unary operator expected");
        }
        return holds == negated ? 1 : 0;
    }
}
