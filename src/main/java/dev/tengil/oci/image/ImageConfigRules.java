package dev.tengil.oci.image;

import dev.tengil.model.Diagnostic;
import dev.tengil.model.ImageReference;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Says what of an image config no one should unpack. Proxmox writes these texts into a line-based config as root, so a line break in
 * one could add any line; and that config is a file of the cluster, which holds no more than a megabyte.
 */
public final class ImageConfigRules {
    private static final int MOST_ENTRIES = 1_000;
    private static final int MOST_BYTES = 256 * 1024;

    private ImageConfigRules() {}

    /** An error for each field that breaks a rule, naming the field and the image; none when all is well. */
    public static List<Diagnostic> problems(ImageReference image, ImageConfig config) {
        List<Diagnostic> problems = new ArrayList<>();
        long bytes = 0;
        for (var field : whatReachesProxmox(config).entrySet()) {
            Collection<String> texts = field.getValue();
            if (texts.stream().anyMatch(ImageConfigRules::hasControls)) {
                problems.add(Diagnostic.error(
                                "image.control-characters",
                                "the image " + image + " has control characters in its " + field.getKey())
                        .help("Proxmox would write them into its own configuration. Use another image,"
                                + " or build one without them."));
            }
            if (texts.size() > MOST_ENTRIES) {
                problems.add(Diagnostic.error(
                                "image.too-much-config",
                                "the image " + image + " has " + texts.size() + " entries in its " + field.getKey()
                                        + ", more than " + MOST_ENTRIES)
                        .help("No image that is meant to be run needs that many. Use another image."));
            }
            bytes += texts.stream()
                    .mapToLong(text -> text.getBytes(StandardCharsets.UTF_8).length)
                    .sum();
        }
        if (bytes > MOST_BYTES) {
            problems.add(Diagnostic.error(
                            "image.too-much-config",
                            "the image " + image + " has a config of " + bytes / 1024 + " KiB, more than "
                                    + MOST_BYTES / 1024)
                    .help("Proxmox keeps it in a file that holds a megabyte at most. Use another image."));
        }
        if (config.volumes().stream().anyMatch(ImageConfigRules::climbs)) {
            problems.add(
                    Diagnostic.error("image.volume", "the image " + image + " has a path with \"..\" in its Volumes")
                            .help("Proxmox makes these directories, and this one could lie outside of the container."
                                    + " Use another image."));
        }
        return problems;
    }

    private static Map<String, Collection<String>> whatReachesProxmox(ImageConfig config) {
        Map<String, Collection<String>> fields = new LinkedHashMap<>();
        fields.put("Cmd", config.command());
        fields.put("Entrypoint", config.entrypoint());
        fields.put("Env", config.env());
        fields.put("ExposedPorts", config.ports());
        fields.put("StopSignal", config.stopSignal() == null ? List.of() : List.of(config.stopSignal()));
        fields.put("User", List.of(config.user()));
        fields.put("Volumes", config.volumes());
        fields.put("WorkingDir", config.workdir() == null ? List.of() : List.of(config.workdir()));
        return fields;
    }

    private static boolean hasControls(String text) {
        return text.chars().anyMatch(Character::isISOControl);
    }

    private static boolean climbs(String path) {
        return Arrays.asList(path.split("/", -1)).contains("..");
    }
}
