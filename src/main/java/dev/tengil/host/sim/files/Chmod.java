package dev.tengil.host.sim.files;

import dev.tengil.host.sim.Call;
import dev.tengil.host.sim.Disk;
import dev.tengil.host.sim.Inode;
import dev.tengil.host.sim.Program;
import java.util.ArrayList;
import java.util.List;

/** {@code chmod OCTAL PATH…}. With an ACL the group bits are the mask, as on a real file system. */
final class Chmod implements Program {

    private static final int SPECIAL = 07000;

    @Override
    public int run(Call call) {
        Words words = Words.of(call.arguments());
        if (!words.options().isEmpty()) {
            return call.fail(1, Words.complaint("chmod", words.options().getFirst()));
        }
        if (words.operands().size() < 2) {
            String after = words.operands().isEmpty()
                    ? ""
                    : " after " + Words.typographic(words.operands().getFirst());
            return call.fail(1, "chmod: missing operand" + after + "\nTry 'chmod --help' for more information.");
        }
        String text = words.operands().getFirst();
        if (!text.matches("[0-7]{1,5}")) {
            return call.fail(
                    1,
                    "chmod: invalid mode: " + Words.typographic(text) + "\nTry 'chmod --help' for more information.");
        }
        int mode = Integer.parseInt(text, 8);
        int exit = 0;
        for (String path : words.operands().subList(1, words.operands().size())) {
            String real = call.world().disk().real(path, true);
            Inode inode = call.world().disk().get(real);
            if (inode == null && call.world().disk().get(path) != null) {
                exit = call.fail(1, "chmod: cannot operate on dangling symlink " + Words.quoted(path));
                continue;
            }
            if (inode == null) {
                call.err("chmod: cannot access " + Words.quoted(path) + ": No such file or directory");
                exit = 1;
                continue;
            }
            if (call.world().disk().isReadOnly(real)) {
                exit = call.fail(1, "chmod: changing permissions of " + Words.quoted(path) + ": " + Disk.READ_ONLY);
                continue;
            }
            // GNU chmod keeps a directory's setuid and setgid bits unless five digits are given.
            boolean keep = inode.kind() == Inode.Kind.DIRECTORY && text.length() < 5;
            int kept = keep ? inode.mode() & 06000 : 0;
            call.world().disk().put(real, masked(inode.withMode((mode & (SPECIAL | 0777)) | kept)));
        }
        return exit;
    }

    private static Inode masked(Inode inode) {
        if (inode.acl().stream().noneMatch(entry -> entry.startsWith("mask:"))) {
            return inode;
        }
        List<String> acl = new ArrayList<>();
        inode.acl()
                .forEach(entry ->
                        acl.add(entry.startsWith("mask:") ? "mask::" + Setfacl.letters(inode.mode() >> 3 & 7) : entry));
        return inode.withAcl(acl);
    }
}
