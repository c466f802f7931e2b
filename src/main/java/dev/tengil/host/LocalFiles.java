package dev.tengil.host;

import dev.tengil.model.HostPath;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads files of this machine without starting a process, with the meaning that {@link FileScripts} has behind ssh. */
final class LocalFiles {

    private static final int PERMISSIONS = 07777;

    private LocalFiles() {}

    static SortedMap<HostPath, HostFile> read(Collection<HostPath> paths) throws HostException {
        SortedMap<HostPath, HostFile> files = new TreeMap<>();
        for (HostPath path : paths) {
            try {
                readOne(path, Path.of(path.value()), files);
            } catch (InvalidPathException e) {
                throw new HostException(
                        HostException.Kind.FILE,
                        path + ": this process cannot express the name; run it with LC_ALL=C.UTF-8",
                        e);
            } catch (NoSuchFileException | NotDirectoryException e) {
                // Vanished since we looked: the same as never there.
            } catch (DirectoryIteratorException e) {
                throw unreadable(path, java.util.Objects.requireNonNull(e.getCause()));
            } catch (IOException e) {
                throw unreadable(path, e);
            }
        }
        return files;
    }

    private static void readOne(HostPath path, Path local, SortedMap<HostPath, HostFile> into)
            throws IOException, HostException {
        if (Files.isRegularFile(local)) {
            into.put(path, content(local));
        } else if (Files.isDirectory(local)) {
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(local)) {
                for (Path entry : entries) {
                    if (Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS)) {
                        enter(path, entry, into);
                    }
                }
            }
        } else if (Files.exists(local)) {
            throw new HostException(HostException.Kind.FILE, path + ": it is neither a file nor a directory");
        } else {
            refuseIfHidden(local);
        }
    }

    private static void enter(HostPath directory, Path entry, SortedMap<HostPath, HostFile> into)
            throws IOException, HostException {
        String name = entry.getFileName().toString();
        if (name.indexOf('\ufffd') >= 0) {
            throw new HostException(
                    HostException.Kind.FILE,
                    "a file name is not valid UTF-8, or this process runs without LC_ALL=C.UTF-8: " + directory.value()
                            + "/" + name);
        }
        HostPath inside = ReadFrames.named(directory.value().equals("/") ? "/" + name : directory + "/" + name);
        try {
            into.put(inside, content(entry));
        } catch (NoSuchFileException e) {
            // Vanished between the listing and the reading.
        } catch (IOException e) {
            throw unreadable(inside, e);
        }
    }

    /** {@code Files.exists} is also false where we may not look; that must not pass for "is not there". */
    private static void refuseIfHidden(Path local) throws IOException {
        try {
            Files.readAttributes(local, "unix:mode");
        } catch (NoSuchFileException e) {
            // Truly not there.
        } catch (FileSystemException e) {
            if (!String.valueOf(e.getReason()).equals("Not a directory")) {
                throw e;
            }
        }
    }

    private static HostFile content(Path file) throws IOException {
        Map<String, Object> attributes = Files.readAttributes(file, "unix:mode,uid,gid");
        return new HostFile(
                Bytes.of(Files.readAllBytes(file)),
                number(attributes, "mode") & PERMISSIONS,
                number(attributes, "uid"),
                number(attributes, "gid"));
    }

    private static int number(Map<String, Object> attributes, String name) {
        return ((Integer) java.util.Objects.requireNonNull(attributes.get(name))).intValue();
    }

    private static HostException unreadable(HostPath path, IOException why) {
        String reason = why instanceof FileSystemException e && e.getReason() != null
                ? e.getReason()
                : why instanceof java.nio.file.AccessDeniedException
                        ? "Permission denied"
                        : String.valueOf(why.getMessage());
        return new HostException(HostException.Kind.FILE, path + ": " + reason, why);
    }
}
