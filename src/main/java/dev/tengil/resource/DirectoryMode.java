package dev.tengil.resource;

import java.util.Locale;

/** Permission bits of a directory in the two ways in which they are written. */
public final class DirectoryMode {

    private DirectoryMode() {}

    /** As people write it: {@code 2775}, {@code 0755}. */
    public static String shown(int mode) {
        return String.format(Locale.ROOT, "%04o", mode);
    }

    /** As chmod wants it: with fewer than five digits it would keep a directory's setuid and setgid bits (chmod(1)). */
    public static String argument(int mode) {
        return String.format(Locale.ROOT, "%05o", mode);
    }
}
