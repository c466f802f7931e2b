package dev.tengil.host.sim;

import dev.tengil.host.Bytes;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Shares that somebody made on the host before, at the end of the files in which they stand:
 *
 * <pre>
 * shares:  {Media: {path: /tank/media, read only: 'no'}}
 * exports: ['/tank/media 192.168.1.0/24(rw,sync)']
 * </pre>
 */
final class DescribedShares {

    private static final String SMB = "/etc/samba/smb.conf";
    private static final String NFS = "/etc/exports";
    private final Disk disk;

    DescribedShares(Disk disk) {
        this.disk = disk;
    }

    void put(Map<?, ?> shares, @Nullable Object exports) {
        if (!shares.isEmpty()) {
            StringBuilder text = new StringBuilder(text(SMB, "[global]\n"));
            shares.forEach((name, parameters) -> {
                text.append("\n[").append(name).append("]\n");
                (parameters instanceof Map<?, ?> map ? map : Map.of())
                        .forEach((key, value) -> text.append("\t")
                                .append(key)
                                .append(" = ")
                                .append(value)
                                .append('\n'));
            });
            disk.mkdirs("/etc/samba", 0755);
            disk.write(SMB, Bytes.utf8(text.toString()), 0644);
        }
        if (exports instanceof List<?> lines) {
            StringBuilder text = new StringBuilder(text(NFS, ""));
            lines.forEach(line -> text.append(line).append('\n'));
            disk.write(NFS, Bytes.utf8(text.toString()), 0644);
        } else if (exports != null) {
            throw new IllegalArgumentException("\"exports\" is a list of lines");
        }
    }

    private String text(String file, String otherwise) {
        Inode inode = disk.follow(file);
        return inode == null ? otherwise : inode.content().text();
    }
}
