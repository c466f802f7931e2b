package dev.tengil.host.sim.files;

import dev.tengil.host.sim.Call;
import dev.tengil.host.sim.Disk;
import dev.tengil.host.sim.Inode;
import dev.tengil.host.sim.Program;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code chown [-h] OWNER[:GROUP] PATH…}, by names or by numbers. */
final class Chown implements Program {

    /** The number that chown(2) takes for "leave it". */
    private static final long NONE = 0xFFFFFFFFL;

    @Override
    public int run(Call call) {
        Words words = Words.of(call.arguments());
        String unknown = words.unknown("-h", "--no-dereference");
        if (!unknown.isEmpty()) {
            return call.fail(1, Words.complaint("chown", unknown));
        }
        if (words.operands().size() < 2) {
            String after = words.operands().isEmpty()
                    ? ""
                    : " after " + Words.typographic(words.operands().getFirst());
            return call.fail(1, "chown: missing operand" + after + "\nTry 'chown --help' for more information.");
        }
        String owner = words.operands().getFirst();
        String[] ids = owner.split(":", 2);
        String uidText = ids[0].isEmpty() ? "" : id(call, "/etc/passwd", ids[0]);
        String gidText = ids.length < 2 ? "" : id(call, "/etc/group", ids[1]);
        if (uidText == null || gidText == null || owner.isEmpty()) {
            String what = uidText == null ? "user" : "group";
            return call.fail(1, "chown: invalid " + what + ": " + Words.typographic(owner));
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
            if (call.world().disk().isReadOnly(real)) {
                exit = call.fail(1, "chown: changing ownership of " + Words.quoted(path) + ": " + Disk.READ_ONLY);
                continue;
            }
            int uid = uidText.isEmpty() ? inode.uid() : Integer.parseUnsignedInt(uidText);
            int gid = gidText.isEmpty() ? inode.gid() : Integer.parseUnsignedInt(gidText);
            // A program that runs as its owner is not to be handed to another.
            boolean file = inode.kind() == Inode.Kind.FILE;
            call.world().disk().put(real, (file ? inode.withMode(inode.mode() & 0777) : inode).withOwner(uid, gid));
        }
        return exit;
    }

    /** The number of a name in the third column of this file; a number is itself; null when there is none. */
    static @Nullable String id(Call call, String file, String name) {
        if (name.matches("\\d+")) {
            return name.length() < 11 && Long.parseLong(name) < NONE ? name : null;
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
