package dev.tengil.oci;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;

/**
 * A layer of an image.
 *
 * @param tar unpacked
 * @param blob as the registry keeps it
 * @param packing {@code gzip}, {@code zstd} or empty
 */
public record TestLayer(byte[] tar, byte[] blob, String packing) {
    private static final int BLOCK = 512;
    private static final int ZSTD_BLOCK = 1 << 17;

    private static TestLayer packed;

    /** Packed once for all tests. */
    static synchronized TestLayer packedBusybox() {
        if (packed == null) {
            packed = gzip(busybox());
        }
        return packed;
    }

    public static TestLayer plain(byte[] tar) {
        return new TestLayer(tar, tar, "");
    }

    public static TestLayer gzip(byte[] tar) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(tar);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new TestLayer(tar, packed.toByteArray(), "gzip");
    }

    /** One frame of raw blocks (RFC 8878, 3.1.1): every reader takes it, and no library is needed to write it. */
    public static TestLayer zstd(byte[] tar) {
        ByteBuffer frame = ByteBuffer.allocate(tar.length + 16 + 3 * (tar.length / ZSTD_BLOCK + 1))
                .order(ByteOrder.LITTLE_ENDIAN);
        // A single segment whose size stands in four bytes.
        frame.putInt(0xFD2FB528).put((byte) 0xA0).putInt(tar.length);
        for (int at = 0; at < tar.length; at += ZSTD_BLOCK) {
            int size = Math.min(ZSTD_BLOCK, tar.length - at);
            int header = size << 3 | (at + size == tar.length ? 1 : 0);
            frame.put((byte) header).put((byte) (header >> 8)).put((byte) (header >> 16));
            frame.put(tar, at, size);
        }
        byte[] packed = new byte[frame.position()];
        frame.flip().get(packed);
        return new TestLayer(tar, packed, "zstd");
    }

    /** A root file system with a shell in it, from busybox-static. */
    public static byte[] busybox() {
        Path busybox = Path.of("/bin/busybox");
        assumeTrue(Files.isExecutable(busybox), "skipped: busybox is missing (busybox-static)");
        try {
            return tar(new TreeMap<>(Map.of("bin/busybox", Files.readAllBytes(busybox), "bin/sh", new byte[0])));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Files by their names; an empty one is a link to busybox, and directories come by themselves. */
    public static byte[] tar(Map<String, byte[]> files) {
        ByteArrayOutputStream tar = new ByteArrayOutputStream();
        tar.writeBytes(header("bin/", '5', 0755, 0, ""));
        files.forEach((name, content) -> {
            boolean link = content.length == 0;
            tar.writeBytes(header(name, link ? '2' : '0', 0755, content.length, link ? "busybox" : ""));
            tar.writeBytes(content);
            tar.writeBytes(new byte[(BLOCK - content.length % BLOCK) % BLOCK]);
        });
        tar.writeBytes(new byte[2 * BLOCK]);
        return tar.toByteArray();
    }

    private static byte[] header(String name, char type, int mode, int size, String target) {
        ByteBuffer header = ByteBuffer.allocate(BLOCK);
        put(header, 0, name);
        put(header, 100, "%07o".formatted(mode));
        put(header, 108, "%07o".formatted(0));
        put(header, 116, "%07o".formatted(0));
        put(header, 124, "%011o".formatted(size));
        put(header, 136, "%011o".formatted(0));
        put(header, 148, "        ");
        put(header, 156, String.valueOf(type));
        put(header, 157, target);
        put(header, 257, "ustar\00000");
        int sum = 0;
        for (byte each : header.array()) {
            sum += each & 0xff;
        }
        put(header, 148, "%06o\0 ".formatted(sum));
        return header.array();
    }

    private static void put(ByteBuffer header, int at, String text) {
        header.put(at, text.getBytes(StandardCharsets.US_ASCII));
    }
}
