package dev.tengil.host;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Files that tengil leaves on the machine it runs on: written under a name that nobody foresees and renamed into place, so that no reader
 * sees half of one and no link planted there is written through.
 */
public final class WholeFile {

    /** 0600. */
    public static final FileAttribute<?> PRIVATE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    /** 0700. */
    public static final FileAttribute<?> PRIVATE_DIRECTORY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private WholeFile() {}

    /** Puts this text there; what stands there and is no regular file is refused, with a reason that a person can read. */
    public static void write(Path path, String text, FileAttribute<?>... attributes) throws IOException {
        refuseWhatIsNoFile(path);
        Path fresh = path.resolveSibling(".tengil-" + CommandWrapper.random());
        try {
            // A new file is opened only if there was none, which holds for links too.
            try (FileChannel channel = FileChannel.open(
                    fresh, java.util.Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), attributes)) {
                ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
            }
            Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    /** Whoever planted a link would choose where we write. */
    public static void refuseWhatIsNoFile(Path path) throws FileSystemException {
        if (Files.isSymbolicLink(path)) {
            throw new FileSystemException(path.toString(), null, "it is a symbolic link, which is not written through");
        }
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS) && !Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileSystemException(path.toString(), null, "it is not a regular file");
        }
    }

    /** Why it could not be written, as the second half of a sentence. */
    public static String why(IOException e) {
        return switch (e) {
            case java.nio.file.NoSuchFileException _ -> "its folder does not exist";
            case java.nio.file.AccessDeniedException _ -> "this user may not write there";
            case java.nio.file.FileAlreadyExistsException _ -> "a file is in the way";
            case FileSystemException said when said.getReason() != null -> said.getReason();
            default -> "the disk refuses";
        };
    }
}
