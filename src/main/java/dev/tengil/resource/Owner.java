package dev.tengil.resource;

/** Ids on disk, as unsigned numbers. */
public record Owner(int uid, int gid) {

    /** Added to an id of an unprivileged container when nothing maps it (Proxmox's default map). */
    public static final int UNPRIVILEGED_OFFSET = 100_000;

    /** What ZFS gives the top directory of a new dataset. */
    public static final Owner ROOT = new Owner(0, 0);

    /** The root of an unprivileged container, as it stands on disk. */
    public static final Owner CONTAINER_ROOT = new Owner(UNPRIVILEGED_OFFSET, UNPRIVILEGED_OFFSET);

    @Override
    public String toString() {
        return Integer.toUnsignedString(uid) + ":" + Integer.toUnsignedString(gid);
    }
}
