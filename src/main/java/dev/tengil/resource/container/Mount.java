package dev.tengil.resource.container;

import dev.tengil.model.HostPath;
import dev.tengil.resource.Place;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A directory of the host that the container sees.
 *
 * @param idmap ranges or {@code passthrough}; null for the container's ordinary map
 * @param place the dataset that must be mounted before anything is bound; null on the root file system
 */
public record Mount(
        HostPath target,
        HostPath source,
        boolean readonly,
        @Nullable String idmap,
        @Nullable Place place) {

    /** As Proxmox prints it: {@code /tank/media,mp=/media,idmap=…,ro=1}. */
    String text() {
        TreeMap<String, String> options = new TreeMap<>();
        options.put("mp", target.value());
        if (readonly) {
            options.put("ro", "1");
        }
        if (idmap != null) {
            options.put("idmap", idmap);
        }
        return new PropertyString(source.value(), options).print("mp");
    }

    /** Two mount strings mean the same exactly when these are equal. */
    static String canonical(String text) {
        PropertyString mount = PropertyString.parse(text);
        String idmap = mount.get("idmap");
        for (String off : new String[] {"ro", "quota", "keepattrs", "shared"}) {
            mount = "0".equals(mount.get(off)) ? mount.with(off, null) : mount;
        }
        return mount.with("idmap", idmap == null ? null : IdRanges.canonical(idmap))
                .print("mp");
    }

    static String target(String text) {
        String target = PropertyString.parse(text).get("mp");
        return target == null
                ? ""
                : target.length() > 1 && target.endsWith("/") ? target.substring(0, target.length() - 1) : target;
    }
}
