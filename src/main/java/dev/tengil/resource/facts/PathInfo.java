package dev.tengil.resource.facts;

import java.util.List;

/**
 * What stands at a path, seen without following a symlink at its end.
 *
 * @param type what it is
 * @param mode permission bits
 * @param uid owner on disk, unsigned: NFS leaves 4294967294 behind
 * @param gid group on disk
 * @param acl entries beyond owner, group and other, in numeric getfacl form ({@code group:1000:rwx}, {@code default:…}); empty
 *     when there are none or nobody asked
 * @param occupied a directory with something in it
 */
public record PathInfo(Type type, int mode, int uid, int gid, List<String> acl, boolean occupied) {

    /** What stands there. */
    public enum Type {
        FILE,
        DIRECTORY,
        SYMLINK,
        CHARACTER_DEVICE,
        BLOCK_DEVICE,
        OTHER
    }

    public PathInfo {
        acl = List.copyOf(acl);
    }

    PathInfo withAcl(List<String> entries) {
        return new PathInfo(type, mode, uid, gid, entries, occupied);
    }

    PathInfo withSomethingIn() {
        return new PathInfo(type, mode, uid, gid, acl, true);
    }
}
