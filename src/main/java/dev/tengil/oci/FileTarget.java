package dev.tengil.oci;

import dev.tengil.oci.image.Digest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** A file that is called {@code .part} until it is whole; what an earlier attempt left there is kept. */
final class FileTarget implements BlobTarget, AutoCloseable {
    private static final int PIECE = 1 << 16;

    private final Path path;
    private final Path part;
    private final FileChannel channel;
    private final MessageDigest sum = Digest.sha256();
    private final AtomicLong have = new AtomicLong();

    private FileTarget(Path path, Path part, FileChannel channel) {
        this.path = path;
        this.part = part;
        this.channel = channel;
    }

    /** @param longest a part that is longer is of something else */
    static FileTarget open(Path path, long longest) throws IOException {
        Path part = path.resolveSibling(path.getFileName() + ".part");
        FileChannel channel = FileChannel.open(
                part,
                Set.of(
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE,
                        LinkOption.NOFOLLOW_LINKS));
        FileTarget target = new FileTarget(path, part, channel);
        if (channel.size() > longest) {
            channel.truncate(0);
        }
        target.readAgain();
        return target;
    }

    private void readAgain() throws IOException {
        ByteBuffer piece = ByteBuffer.allocate(PIECE);
        while (channel.read(piece) >= 0) {
            piece.flip();
            have.addAndGet(piece.remaining());
            sum.update(piece);
            piece.clear();
        }
    }

    @Override
    public long have() {
        return have.get();
    }

    @Override
    public void take(ByteBuffer bytes) throws IOException {
        sum.update(bytes.duplicate());
        while (bytes.hasRemaining()) {
            have.addAndGet(channel.write(bytes));
        }
    }

    @Override
    public boolean restart() throws IOException {
        channel.truncate(0);
        channel.position(0);
        sum.reset();
        have.set(0);
        return true;
    }

    @Override
    public String digest() {
        return Digest.of(sum);
    }

    /** It is whole, and gets its name. */
    void finish() throws IOException {
        channel.force(true);
        channel.close();
        Files.move(part, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** What is there stays for the next attempt. */
    @Override
    public void close() throws IOException {
        channel.close();
        if (have.get() == 0) {
            Files.deleteIfExists(part);
        }
    }
}
