package dev.tengil.cli;

import dev.tengil.oci.image.ImageConfig;
import dev.tengil.oci.image.RemoteImage;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The lines of tengil.yml that an image asks for. What it says of variables, user and program counts without being written down; what it
 * declares as a volume would be lost with the root disk unless it is.
 */
final class ImageSnippet {

    private static final Pattern PORT = Pattern.compile("(\\d{1,5})(?:/(tcp|udp))?");
    /** What can be written into a list without quotes, and mounted. */
    private static final Pattern TARGET = Pattern.compile("(?:/[A-Za-z0-9_][A-Za-z0-9_.@-]*)+");

    private static final List<String> OF_THE_KERNEL = List.of("/proc", "/sys", "/dev");
    private static final int LONGEST_NAME = 60;

    private ImageSnippet() {}

    static String of(RemoteImage image) {
        ImageConfig config = image.config();
        List<String> targets = targets(config);
        StringBuilder yaml = new StringBuilder("containers:\n");
        yaml.append("  ").append(name(image.reference().repository())).append(":\n");
        yaml.append("    image: ").append(image.reference()).append('\n');
        if (!targets.isEmpty()) {
            yaml.append("    in: tank/appdata  # the dataset that shall hold its volumes\n");
        }
        List<String> ports = ports(config);
        if (!ports.isEmpty()) {
            yaml.append("    ports: [").append(String.join(", ", ports)).append("]\n");
        }
        if (!targets.isEmpty()) {
            yaml.append("    volumes:\n");
            Set<String> names = new LinkedHashSet<>();
            for (String target : targets) {
                yaml.append("      - ")
                        .append(unused(word(target.substring(target.lastIndexOf('/') + 1), "data"), names))
                        .append(':')
                        .append(target)
                        .append('\n');
            }
        }
        return yaml.toString();
    }

    /** A container's name is also its host name. */
    private static String name(String repository) {
        return word(repository.substring(repository.lastIndexOf('/') + 1), "app");
    }

    private static String word(String text, String otherwise) {
        String plain =
                text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^[-0-9]+", "");
        String cut = plain.substring(0, Math.min(LONGEST_NAME, plain.length())).replaceAll("-+$", "");
        return cut.isEmpty() ? otherwise : cut;
    }

    private static String unused(String name, Set<String> names) {
        String free = name;
        for (int i = 2; !names.add(free); i++) {
            free = name + "-" + i;
        }
        return free;
    }

    private static List<String> ports(ImageConfig config) {
        List<String> ports = new ArrayList<>();
        for (String port : config.ports()) {
            var matcher = PORT.matcher(port);
            if (matcher.matches()
                    && Integer.parseInt(matcher.group(1)) <= 65_535
                    && !matcher.group(1).startsWith("0")) {
                ports.add(matcher.group(1) + ("udp".equals(matcher.group(2)) ? "/udp" : ""));
            }
        }
        return ports.stream().distinct().toList();
    }

    /** One inside another cannot be mounted beside it; the outer one holds both. */
    private static List<String> targets(ImageConfig config) {
        List<String> targets = new ArrayList<>();
        for (String volume : config.volumes()) {
            String target = volume.replaceAll("/+$", "");
            boolean inside = targets.stream().anyMatch(outer -> target.equals(outer) || target.startsWith(outer + "/"));
            boolean kernels =
                    OF_THE_KERNEL.stream().anyMatch(path -> target.equals(path) || target.startsWith(path + "/"));
            if (TARGET.matcher(target).matches() && !inside && !kernels) {
                targets.add(target);
            }
        }
        return targets;
    }
}
