package dev.tengil.host.sim.files;

import dev.tengil.host.sim.Call;
import dev.tengil.host.sim.Inode;
import dev.tengil.host.sim.Program;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code chown [-h] OWNER[:GROUP] PATH…}, by names or by numbers. */
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
        String[] ids = owner.split(":", 2);
        String uidText = ids[0].isEmpty() ? "" : id(call, "/etc/passwd", ids[0]);
        String gidText = ids.length < 2 ? "" : id(call, "/etc/group", ids[1]);
        if (uidText == null || gidText == null || owner.isEmpty()) {
            String what = uidText == null ? "user" : "group";
            return call.fail(1, "chown: invalid " + what + ": " + Words.quoted(owner));
        }
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
            int uid = uidText.isEmpty() ? inode.uid() : Integer.parseInt(uidText);
            int gid = gidText.isEmpty() ? inode.gid() : Integer.parseInt(gidText);
            call.world().disk().put(real, inode.withOwner(uid, gid));
        }
        return exit;
    }

    /** The number of a name in the third column of this file; a number is itself; null when there is none. */
    private static @Nullable String id(Call call, String file, String name) {
        if (name.matches("\\d+")) {
            return name;
        }
        Inode table = call.world().disk().follow(file);
        if (table == null) {
            return null;
        }
        return table.content()
                .text()
                .lines()
                .map(line -> line.split(":", -1))
                .filter(columns -> columns.length > 2 && columns[0].equals(name))
                .map(columns -> columns[2])
                .findFirst()
                .orElse(null);
    }
}
