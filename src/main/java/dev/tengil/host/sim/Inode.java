package dev.tengil.host.sim;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.tengil.host.Bytes;
import java.util.ArrayList;
import java.util.List;

/**
 * What a name in the file system stands for.
 *
 * @param mode permission bits
 * @param uid the owner's number, unsigned
 * @param acl entries beyond owner, group and other, as getfacl prints them
 * @param content of a file; of a symlink its target; else empty
 * @param modified seconds since 1970
 */
public record Inode(Kind kind, int mode, int uid, int gid, List<String> acl, Bytes content, long modified) {

    /** Sorts of inodes. */
    public enum Kind {
        FILE,
        DIRECTORY,
        SYMLINK,
        CHARACTER_DEVICE,
        BLOCK_DEVICE
    }

    public Inode {
        acl = List.copyOf(acl);
    }

    public static Inode directory(int mode, int uid, int gid, long now) {
        return new Inode(Kind.DIRECTORY, mode, uid, gid, List.of(), Bytes.EMPTY, now);
    }

    public static Inode file(Bytes content, int mode, int uid, int gid, long now) {
        return new Inode(Kind.FILE, mode, uid, gid, List.of(), content, now);
    }

    public static Inode symlink(String target, long now) {
        return new Inode(Kind.SYMLINK, 0777, 0, 0, List.of(), Bytes.utf8(target), now);
    }

    public Inode withOwner(int newUid, int newGid) {
        return new Inode(kind, mode, newUid, newGid, acl, content, modified);
    }

    public Inode withMode(int newMode) {
        return new Inode(kind, newMode, uid, gid, acl, content, modified);
    }

    public Inode withModified(long now) {
        return new Inode(kind, mode, uid, gid, acl, content, now);
    }

    Inode withContent(Bytes newContent, long now) {
        return new Inode(kind, mode, uid, gid, acl, newContent, now);
    }

    public Inode withAcl(List<String> newAcl) {
        return new Inode(kind, mode, uid, gid, newAcl, content, modified);
    }

    /** Kind and rights as {@code ls -l} prints them. */
    public static String letters(Inode inode) {
        char kind = switch (inode.kind()) {
            case FILE -> '-';
            case DIRECTORY -> 'd';
            case SYMLINK -> 'l';
            case CHARACTER_DEVICE -> 'c';
            case BLOCK_DEVICE -> 'b';
        };
        StringBuilder out = new StringBuilder().append(kind);
        for (int shift = 6; shift >= 0; shift -= 3) {
            int bits = inode.mode() >> shift;
            boolean special = (inode.mode() & (shift == 6 ? 04000 : shift == 3 ? 02000 : 01000)) != 0;
            char run = special
                    ? ((bits & 1) != 0 ? (shift == 0 ? 't' : 's') : (shift == 0 ? 'T' : 'S'))
                    : (bits & 1) != 0 ? 'x' : '-';
            out.append((bits & 4) != 0 ? 'r' : '-')
                    .append((bits & 2) != 0 ? 'w' : '-')
                    .append(run);
        }
        return out.toString();
    }

    String encode() {
        JsonObject json = new JsonObject();
        json.addProperty("kind", kind.name());
        json.addProperty("mode", Integer.toOctalString(mode));
        json.addProperty("owner", Integer.toUnsignedString(uid) + ":" + Integer.toUnsignedString(gid));
        if (!acl.isEmpty()) {
            json.add("acl", new Gson().toJsonTree(acl));
        }
        if (!content.isEmpty()) {
            json.addProperty("content", content.latin1());
        }
        json.addProperty("modified", modified);
        return json.toString();
    }

    static Inode decode(String text) {
        JsonObject json = JsonParser.parseString(text).getAsJsonObject();
        String owner = json.get("owner").getAsString();
        int colon = owner.indexOf(':');
        List<String> acl = new ArrayList<>();
        if (json.get("acl") instanceof JsonArray entries) {
            entries.forEach(entry -> acl.add(entry.getAsString()));
        }
        return new Inode(
                Kind.valueOf(json.get("kind").getAsString()),
                Integer.parseInt(json.get("mode").getAsString(), 8),
                Integer.parseUnsignedInt(owner.substring(0, colon)),
                Integer.parseUnsignedInt(owner.substring(colon + 1)),
                acl,
                json.has("content") ? Bytes.latin1(json.get("content").getAsString()) : Bytes.EMPTY,
                json.get("modified").getAsLong());
    }
}
