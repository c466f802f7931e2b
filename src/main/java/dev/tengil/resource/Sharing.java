package dev.tengil.resource;

import java.util.List;
import java.util.TreeSet;

/**
 * What a dataset needs on disk because shares publish it, so that what one person writes another can change.
 *
 * @param writable whether any of its shares may be written to
 * @param writers ids on disk of the people who write through them
 */
public record Sharing(boolean writable, Writers writers) {
    /** Nobody writes through a share. */
    public static final Sharing READ_ONLY = new Sharing(false, Writers.NONE);

    /** Directories that several people write to hand their group on: setgid, and group may write. */
    public static final int WRITABLE_MODE = 02775;

    /** Default ACL of such a directory, in getfacl's form: what is made in it stays writable for the group whatever the umask. */
    public static final List<String> WRITABLE_ACL =
            List.of("default:user::rwx", "default:group::rwx", "default:other::r-x");

    /** Both together. */
    public Sharing and(Sharing other) {
        TreeSet<Integer> uids = new TreeSet<>(writers.uids());
        uids.addAll(other.writers.uids());
        TreeSet<Integer> gids = new TreeSet<>(writers.gids());
        gids.addAll(other.writers.gids());
        return new Sharing(writable || other.writable, new Writers(uids, gids));
    }
}
