package dev.tengil.oci.layer;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads the entries of a tar archive one after the other, in the forms that images have: ustar, GNU's long names and POSIX's extended
 * headers. Sizes are believed no further than the bound.
 */
final class TarStream {
    private static final int BLOCK = 512;
    private static final int LONGEST_HEADER = 1 << 20;

    private final InputStream in;
    private long allowed;
    private long left;
    private long padding;

    /** @param allowed bytes that may be read before this gives up: few packed ones can become very many */
    TarStream(InputStream in, long allowed) {
        this.in = in;
        this.allowed = allowed;
    }

    /** What an entry is, as far as it matters. */
    enum Kind {
        FILE,
        DIRECTORY,
        LINK,
        OTHER
    }

    /** @param name without slashes at either end, and without {@code ./} before it */
    record Entry(String name, Kind kind, long size) {}

    /** The next entry; null behind the last. */
    @Nullable
    Entry next() throws IOException {
        String longName = null;
        while (true) {
            skip(left + padding);
            left = 0;
            padding = 0;
            byte[] header = new byte[BLOCK];
            int read = in.readNBytes(header, 0, BLOCK);
            if (read == 0 || isEmpty(header)) {
                return null;
            }
            if (read < BLOCK) {
                throw new EOFException("it ends in the middle of a header");
            }
            count(BLOCK);
            long size = number(header, 124, 12);
            left = size;
            padding = (BLOCK - size % BLOCK) % BLOCK;
            char type = (char) header[156];
            switch (type) {
                case 'L' -> longName = text(content(), 0, Integer.MAX_VALUE);
                case 'x' -> longName = path(content(), longName);
                case 'g', 'K' -> {
                    // names no file
                }
                default -> {
                    String prefix = isPosix(header) ? text(header, 345, 155) : "";
                    String name = text(header, 0, 100);
                    String whole = longName != null ? longName : prefix.isEmpty() ? name : prefix + "/" + name;
                    return new Entry(plain(whole), kind(type, whole), size);
                }
            }
        }
    }

    /** The content of the entry that was read last. */
    byte[] content() throws IOException {
        if (left > LONGEST_HEADER) {
            throw new IOException("a file in it is longer than 1 MiB");
        }
        byte[] content = in.readNBytes((int) left);
        if (content.length < left) {
            throw new EOFException("it ends in the middle of a file");
        }
        count(left);
        left = 0;
        return content;
    }

    private void skip(long bytes) throws IOException {
        count(bytes);
        in.skipNBytes(bytes);
    }

    private void count(long bytes) throws IOException {
        allowed -= bytes;
        if (allowed < 0) {
            throw new IOException("unpacked it is larger than anybody would look through");
        }
    }

    private static Kind kind(char type, String name) {
        return switch (type) {
            case '0', '\0', '7' -> name.endsWith("/") ? Kind.DIRECTORY : Kind.FILE;
            case '5' -> Kind.DIRECTORY;
            case '1', '2' -> Kind.LINK;
            default -> Kind.OTHER;
        };
    }

    private static String plain(String name) {
        String plain = name;
        while (plain.startsWith("/") || plain.startsWith("./")) {
            plain = plain.substring(plain.startsWith("/") ? 1 : 2);
        }
        while (plain.endsWith("/")) {
            plain = plain.substring(0, plain.length() - 1);
        }
        return plain.equals(".") ? "" : plain;
    }

    private static boolean isPosix(byte[] header) {
        return new String(header, 257, 6, StandardCharsets.ISO_8859_1).equals("ustar\0");
    }

    private static boolean isEmpty(byte[] header) {
        for (byte each : header) {
            if (each != 0) {
                return false;
            }
        }
        return true;
    }

    private static String text(byte[] bytes, int from, int longest) {
        int end = from;
        while (end < bytes.length && end - from < longest && bytes[end] != 0) {
            end++;
        }
        return new String(bytes, from, end - from, StandardCharsets.UTF_8);
    }

    /** Octal digits, or, where the first bit is set, a binary number. */
    private static long number(byte[] header, int from, int length) throws IOException {
        if ((header[from] & 0x80) != 0) {
            long value = header[from] & 0x7f;
            for (int i = 1; i < length; i++) {
                if (value >> 54 != 0) {
                    throw new IOException("a size in it is absurd");
                }
                value = (value << 8) | (header[from + i] & 0xff);
            }
            return value;
        }
        String digits = text(header, from, length).strip();
        if (!digits.matches("[0-7]{0,12}")) {
            throw new IOException("it is no tar archive");
        }
        return digits.isEmpty() ? 0 : Long.parseLong(digits, 8);
    }

    /** Lines of {@code LENGTH KEY=VALUE}. */
    private static @Nullable String path(byte[] records, @Nullable String otherwise) {
        String path = otherwise;
        int at = 0;
        while (at < records.length) {
            int blank = at;
            while (blank < records.length && records[blank] != ' ') {
                blank++;
            }
            String digits = new String(records, at, blank - at, StandardCharsets.ISO_8859_1);
            int length = digits.matches("\\d{1,7}") ? Integer.parseInt(digits) : 0;
            if (length <= blank - at + 1 || at + length > records.length) {
                return path;
            }
            String record = new String(records, blank + 1, at + length - blank - 2, StandardCharsets.UTF_8);
            if (record.startsWith("path=")) {
                path = record.substring("path=".length());
            }
            at += length;
        }
        return path;
    }
}
