package dev.tengil.host.sim.pve.guest;

/**
 * A container template that can be downloaded.
 *
 * @param file for example {@code debian-13-standard_13.1-2_amd64.tar.zst}
 * @param section system, turnkeylinux or mail
 * @param os for example {@code debian-13}
 * @param size bytes of the file
 */
public record TemplateOffer(String file, String section, String os, long size) {

    /** The package that the file name begins with. */
    public String pkg() {
        int underscore = file.indexOf('_');
        return underscore < 0 ? file : file.substring(0, underscore);
    }

    /** The version in the file name. */
    public String version() {
        String[] parts = file.split("_", 3);
        return parts.length < 3 ? "" : parts[1];
    }
}
