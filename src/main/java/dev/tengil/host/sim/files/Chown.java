package dev.tengil.host.sim.files;

import dev.tengil.host.sim.Call;
import dev.tengil.host.sim.Inode;
import dev.tengil.host.sim.Program;
import java.util.List;

/** {@code chown [-h] UID[:GID] PATH…} with numbers, as tengil sends it. */
final class Chown implements Program {

    @Override
    public int run(Call call) {
        Words words = Words.of(call.arguments());
        String unknown = words.unknown("-h", "--no-dereference");
        if (!unknown.isEmpty()) {
            return call.fail(1, Words.complaint("chown", unknown));
        }
        if (words.operands().size() < 2) {
            return call.fail(1, "chown: missing operand\nTry 'chown --help' for more information.");
        }
        String owner = words.operands().getFirst();
        if (!owner.matches("\\d+(:\\d+)?|:\\d+")) {
            return call.fail(1, "chown: invalid user: " + Words.quoted(owner));
        }
        String[] ids = owner.split(":", -1);
        int exit = 0;
        for (String path :
                List.copyOf(words.operands()).subList(1, words.operands().size())) {
            String real = call.world().disk().real(path, !words.has("-h", "--no-dereference"));
            Inode inode = call.world().disk().get(real);
            if (inode == null) {
                call.err("chown: cannot access " + Words.quoted(path) + ": No such file or directory");
                exit = 1;
                continue;
            }
            int uid = ids[0].isEmpty() ? inode.uid() : Integer.parseInt(ids[0]);
            int gid = ids.length < 2 ? inode.gid() : Integer.parseInt(ids[1]);
            call.world().disk().put(real, inode.withOwner(uid, gid));
        }
        return exit;
    }
}
