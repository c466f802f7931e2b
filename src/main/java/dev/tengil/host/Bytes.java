package dev.tengil.host;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/** An immutable byte string, compared by content; what files and streams hold. */
public final class Bytes {

    public static final Bytes EMPTY = new Bytes(new byte[0]);

    private final byte[] data;

    private Bytes(byte[] data) {
        this.data = data;
    }

    /** A copy of these bytes. */
    public static Bytes of(byte[] bytes) {
        return new Bytes(bytes.clone());
    }

    /** The UTF-8 form of a text. */
    public static Bytes utf8(String text) {
        return new Bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A copy, so that nobody can change this one. */
    public byte[] toArray() {
        return data.clone();
    }

    /** Decoded as UTF-8; bytes that are none become U+FFFD. */
    public String text() {
        return new String(data, StandardCharsets.UTF_8);
    }

    /** Decoded as ISO 8859-1: every byte survives a round trip through {@link #latin1(String)}. */
    public String latin1() {
        return new String(data, StandardCharsets.ISO_8859_1);
    }

    /** The inverse of {@link #latin1()}. */
    public static Bytes latin1(String text) {
        return new Bytes(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    public int size() {
        return data.length;
    }

    public boolean isEmpty() {
        return data.length == 0;
    }

    /** Lower-case hex of the digest, for example with {@code "SHA-1"} or {@code "SHA-256"}. */
    public String digest(String algorithm) {
        try {
            return HexFormat.of()
                    .formatHex(
                            java.security.MessageDigest.getInstance(algorithm).digest(data));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes that && Arrays.equals(data, that.data);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(data);
    }

    /** Says how many bytes, never which: they may be a secret. */
    @Override
    public String toString() {
        return data.length + " bytes";
    }
}
