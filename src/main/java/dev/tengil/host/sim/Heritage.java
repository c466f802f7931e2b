package dev.tengil.host.sim;

import java.util.ArrayList;
import java.util.List;

/** What a new file or directory takes over from the directory that it is made in, by acl(5) and inode(7). */
final class Heritage {

    private static final String DEFAULT = "default:";
    private static final int SETGID = 02000;

    private Heritage() {}

    static Inode of(Inode directory, Inode fresh) {
        Inode heir = fresh;
        if ((directory.mode() & SETGID) != 0) {
            heir = heir.withOwner(heir.uid(), directory.gid());
            heir = heir.kind() == Inode.Kind.DIRECTORY ? heir.withMode(heir.mode() | SETGID) : heir;
        }
        List<String> given = directory.acl().stream()
                .filter(entry -> entry.startsWith(DEFAULT))
                .toList();
        return given.isEmpty() || heir.kind() == Inode.Kind.SYMLINK ? heir : withAcl(heir, given);
    }

    /** With a default ACL there is no umask: what the program asked for is what the ACL is cut down to. */
    private static Inode withAcl(Inode fresh, List<String> given) {
        boolean directory = fresh.kind() == Inode.Kind.DIRECTORY;
        int asked = (fresh.mode() & 0777) == 0755 ? 0777 : (fresh.mode() & 0777) == 0644 ? 0666 : fresh.mode() & 0777;
        int user = asked >> 6 & rights(given, "user::");
        int other = asked & rights(given, "other::");
        boolean masked = given.stream().anyMatch(entry -> entry.startsWith(DEFAULT + "mask::"));
        int group = asked >> 3 & rights(given, masked ? "mask::" : "group::");
        List<String> acl = new ArrayList<>(directory ? given : List.of());
        for (String entry : masked ? given : List.<String>of()) {
            String plain = entry.substring(DEFAULT.length());
            if (plain.startsWith("mask::")) {
                acl.add("mask::" + letters(group));
            } else if (!plain.startsWith("user::") && !plain.startsWith("other::")) {
                acl.add(plain);
            }
        }
        acl.sort(null);
        return fresh.withMode((fresh.mode() & ~0777) | user << 6 | group << 3 | other)
                .withAcl(acl);
    }

    private static int rights(List<String> given, String kind) {
        return given.stream()
                .filter(entry -> entry.startsWith(DEFAULT + kind))
                .map(entry -> entry.substring(entry.length() - "rwx".length()))
                .mapToInt(text ->
                        (text.contains("r") ? 4 : 0) | (text.contains("w") ? 2 : 0) | (text.contains("x") ? 1 : 0))
                .findFirst()
                .orElse(0);
    }

    private static String letters(int bits) {
        return ((bits & 4) != 0 ? "r" : "-") + ((bits & 2) != 0 ? "w" : "-") + ((bits & 1) != 0 ? "x" : "-");
    }
}
