package dev.tengil.host.sim.files;

import dev.tengil.host.sim.Call;
import dev.tengil.host.sim.Disk;
import dev.tengil.host.sim.Inode;
import dev.tengil.host.sim.Program;
import java.util.List;

/** {@code ls [-A1d] [PATH…]}, one name a line, as ls does when its output is no terminal. */
final class Ls implements Program {

    private static final int MISSING = 2;

    @Override
    public int run(Call call) {
        Words words = Words.of(call.arguments());
        for (String option : words.options()) {
            if (!option.matches("-[A1d]+|--almost-all|--directory")) {
                return call.fail(MISSING, Words.complaint("ls", option));
            }
        }
        boolean hidden = words.options().stream().anyMatch(o -> o.equals("--almost-all") || o.matches("-[A1d]*A.*"));
        boolean itself = words.options().stream().anyMatch(o -> o.equals("--directory") || o.matches("-[A1d]*d.*"));
        List<String> paths = words.operands().isEmpty() ? List.of("/root") : words.operands();
        Disk disk = call.world().disk();
        int exit = 0;
        boolean first = true;
        for (String path : paths) {
            Inode inode = disk.follow(path);
            if (inode == null) {
                exit = call.fail(MISSING, "ls: cannot access " + Words.quoted(path) + ": No such file or directory");
            } else if (itself || inode.kind() != Inode.Kind.DIRECTORY) {
                call.out(path);
            } else {
                if (paths.size() > 1) {
                    call.print((first ? "" : "\n") + path + ":\n");
                }
                disk.list(path).stream()
                        .filter(name -> hidden || !name.startsWith("."))
                        .forEach(call::out);
            }
            first = false;
        }
        return exit;
    }
}
