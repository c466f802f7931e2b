package dev.tengil.cli;

import dev.tengil.model.ByteSize;
import dev.tengil.oci.image.ImageConfig;
import dev.tengil.resource.facts.ImageSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What differs between two images as far as it matters to a container.
 *
 * @param env lines {@code +NAME=value}, {@code -NAME}, {@code NAME=old → new}
 * @param ports {@code +8080/tcp}, {@code -8080/tcp}
 * @param volumes paths in the same way
 * @param user empty when it is the same
 * @param size empty when it is the same or unknown
 */
record ImageDifference(List<String> env, List<String> ports, List<String> volumes, String user, String size) {

    static ImageDifference between(ImageSource.Seen before, ImageSource.Seen after) {
        ImageConfig old = before.config();
        ImageConfig now = after.config();
        return new ImageDifference(
                env(old.env(), now.env()),
                sets(old.ports(), now.ports()),
                sets(old.volumes(), now.volumes()),
                old.user().equals(now.user()) ? "" : named(old.user()) + " → " + named(now.user()),
                before.bytes() == after.bytes() || before.bytes() == 0 || after.bytes() == 0
                        ? ""
                        : new ByteSize(before.bytes()).rounded() + " → " + new ByteSize(after.bytes()).rounded());
    }

    private static String named(String user) {
        return user.isEmpty() ? "root" : user;
    }

    private static List<String> env(List<String> before, List<String> after) {
        SortedMap<String, String> old = map(before);
        SortedMap<String, String> now = map(after);
        TreeSet<String> names = new TreeSet<>(old.keySet());
        names.addAll(now.keySet());
        List<String> lines = new ArrayList<>();
        for (String name : names) {
            String was = old.get(name);
            String is = now.get(name);
            if (was == null) {
                lines.add("+" + name + "=" + is);
            } else if (is == null) {
                lines.add("-" + name);
            } else if (!was.equals(is)) {
                lines.add(name + "=" + was + " → " + is);
            }
        }
        return lines;
    }

    private static SortedMap<String, String> map(List<String> env) {
        SortedMap<String, String> map = new TreeMap<>();
        for (String line : env) {
            int equals = line.indexOf('=');
            if (equals > 0) {
                map.put(line.substring(0, equals), line.substring(equals + 1));
            }
        }
        return map;
    }

    private static List<String> sets(Collection<String> before, Collection<String> after) {
        List<String> lines = new ArrayList<>();
        after.stream().filter(each -> !before.contains(each)).forEach(each -> lines.add("+" + each));
        before.stream().filter(each -> !after.contains(each)).forEach(each -> lines.add("-" + each));
        return lines;
    }

    boolean isEmpty() {
        return env.isEmpty() && ports.isEmpty() && volumes.isEmpty() && user.isEmpty() && size.isEmpty();
    }
}
