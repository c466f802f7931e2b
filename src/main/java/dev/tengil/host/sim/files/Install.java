package dev.tengil.host.sim.files;

import dev.tengil.host.sim.Call;
import dev.tengil.host.sim.Disk;
import dev.tengil.host.sim.Inode;
import dev.tengil.host.sim.Program;
import java.util.List;

/** {@code install -m MODE -- FROM TO}: copies one file and sets its mode. */
final class Install implements Program {

    @Override
    public int run(Call call) {
        List<String> words = call.arguments();
        if (words.size() != 5
                || !words.getFirst().equals("-m")
                || !words.get(1).matches("[0-7]{3,5}")
                || !words.get(2).equals("--")) {
            return call.fail(
                    1,
                    "install: the simulated host knows install -m MODE -- FROM TO\n"
                            + "Try 'install --help' for more information.");
        }
        Disk disk = call.world().disk();
        String from = words.get(3);
        String to = words.get(4);
        Inode source = disk.follow(from);
        if (source == null) {
            return call.fail(1, "install: cannot stat " + Words.quoted(from) + ": No such file or directory");
        }
        if (source.kind() != Inode.Kind.FILE) {
            return call.fail(1, "install: omitting directory " + Words.quoted(from));
        }
        String refusal = disk.refusal(to);
        if (refusal != null) {
            return call.fail(1, "install: cannot create regular file " + Words.quoted(to) + ": " + refusal);
        }
        disk.write(to, source.content(), Integer.parseInt(words.get(1), 8));
        return 0;
    }
}
