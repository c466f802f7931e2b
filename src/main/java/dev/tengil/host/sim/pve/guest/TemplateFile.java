package dev.tengil.host.sim.pve.guest;

import com.google.gson.JsonObject;
import dev.tengil.host.Bytes;
import dev.tengil.host.sim.Inode;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A classic container template on the simulated disk: a line that says its size, in place of an archive. */
public final class TemplateFile {

    private static final String MARK = "simulated template of ";

    private TemplateFile() {}

    /** What stands for a template of so many bytes. */
    public static Bytes content(long size) {
        return Bytes.utf8(MARK + size + " bytes\n");
    }

    /** The size that a file has for whoever looks at it through Proxmox. */
    public static long size(Inode file) {
        RegistryImage image = RegistryImage.fromDocument(file.content());
        if (image != null) {
            return image.size();
        }
        String text = file.content().text();
        if (text.startsWith(MARK)) {
            return Long.parseLong(text.substring(MARK.length(), text.indexOf(" bytes")));
        }
        return file.content().size();
    }

    /** Unpacks one: the distribution is told by the file's name, as no archive is really there. */
    static void unpack(Proxmox pve, Section section, @Nullable String root, String file, Consumer<String> log) {
        log.accept("extracting archive '" + file + "'");
        String name = file.substring(file.lastIndexOf('/') + 1);
        String os = name.split("-", 2)[0].toLowerCase(Locale.ROOT);
        long size = size(java.util.Objects.requireNonNull(pve.world().disk().follow(file)));
        log.accept("Total bytes read: " + size * 3 + " (" + ((size * 3) >> 20) + "MiB, 180MiB/s)");
        if (!name.matches("[^_]+_[^_]+_[a-z0-9]+\\.tar\\.(?:zst|xz|gz|bz2)|[^_]+_[^_]+_[a-z0-9]+\\.tgz")) {
            throw PveFailure.of("unable to detect OS distribution");
        }
        OsDetection.apply(section, os, true, log);
        if (root != null) {
            for (String directory : List.of("/bin", "/dev", "/etc", "/proc", "/root", "/sys", "/tmp", "/usr", "/var")) {
                OciImport.makeDirectory(pve.world(), root + directory);
            }
        }
        Contents.remember(
                pve,
                section,
                new RegistryImage(
                        name,
                        "",
                        size,
                        RegistryImage.Access.OPEN,
                        new JsonObject(),
                        new RegistryImage.Content(
                                os,
                                true,
                                true,
                                new TreeMap<>(),
                                new TreeMap<>(),
                                List.of(),
                                List.of(),
                                RegistryImage.Behaviour.PLAIN)));
    }
}
