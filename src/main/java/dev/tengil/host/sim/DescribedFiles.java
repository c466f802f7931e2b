package dev.tengil.host.sim;

import dev.tengil.host.Bytes;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts the files and devices that a world's description names into its file system. */
final class DescribedFiles {

    private final Disk disk;

    DescribedFiles(Disk disk) {
        this.disk = disk;
    }

    /** A list of paths; with none, those of an integrated graphics chip. */
    void devices(@Nullable Object said) {
        List<?> devices = said instanceof List<?> list ? list : List.of("/dev/dri/card0", "/dev/dri/renderD128");
        for (Object device : devices) {
            String path = String.valueOf(device);
            disk.mkdirs(path.substring(0, path.lastIndexOf('/')), 0755);
            disk.put(
                    path,
                    new Inode(
                            Inode.Kind.CHARACTER_DEVICE,
                            0660,
                            0,
                            path.contains("renderD") ? 993 : 44,
                            List.of(),
                            Bytes.EMPTY,
                            WorldDescription.EPOCH));
        }
    }

    /** {@code files: {PATH: text}} or {@code {PATH: {content, mode, owner, directory, link}}}. */
    void put(Map<?, ?> files) {
        files.forEach((key, value) -> {
            String path = String.valueOf(key);
            disk.mkdirs(path.substring(0, Math.max(1, path.lastIndexOf('/'))), 0755);
            if (!(value instanceof Map<?, ?> entry)) {
                disk.write(path, Bytes.utf8(value == null ? "" : String.valueOf(value)), 0644);
                return;
            }
            String[] owner = WorldDescription.text(entry, "owner", "0:0").split(":", -1);
            int uid = Integer.parseInt(owner[0]);
            int gid = Integer.parseInt(owner[1]);
            if (entry.get("link") != null) {
                disk.put(path, Inode.symlink(String.valueOf(entry.get("link")), WorldDescription.EPOCH));
            } else if (Boolean.TRUE.equals(entry.get("directory"))) {
                disk.put(
                        path,
                        Inode.directory(
                                Integer.parseInt(WorldDescription.text(entry, "mode", "755"), 8),
                                uid,
                                gid,
                                WorldDescription.EPOCH));
            } else {
                disk.put(
                        path,
                        Inode.file(
                                Bytes.utf8(WorldDescription.text(entry, "content", "")),
                                Integer.parseInt(WorldDescription.text(entry, "mode", "644"), 8),
                                uid,
                                gid,
                                WorldDescription.EPOCH));
            }
        });
    }
}
