package dev.tengil.oci.image;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** The name that content has by itself: {@code sha256:} and 64 hexadecimal digits. Others are not in use. */
public final class Digest {
    private static final String PREFIX = "sha256:";
    private static final Pattern FORM = Pattern.compile("sha256:[0-9a-f]{64}");

    private Digest() {}

    public static boolean isOne(String text) {
        return FORM.matcher(text).matches();
    }

    /** Of these bytes. */
    public static String of(byte[] content) {
        return of(sha256().digest(content), PREFIX);
    }

    /** Of what this was fed with; it starts anew then. */
    public static String of(MessageDigest fed) {
        return of(fed.digest(), PREFIX);
    }

    /** To be fed with content that comes in pieces. */
    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static String of(byte[] sum, String prefix) {
        return prefix + HexFormat.of().formatHex(sum);
    }
}
