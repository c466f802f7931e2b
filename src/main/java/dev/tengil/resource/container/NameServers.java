package dev.tengil.resource.container;

import dev.tengil.host.Bytes;
import dev.tengil.host.Command;
import dev.tengil.host.FileWrite;
import dev.tengil.model.HostPath;
import dev.tengil.model.VmId;
import dev.tengil.resource.ConfEdit;
import dev.tengil.resource.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Name servers for containers with a static address whose system Proxmox does not know ({@code ostype: unmanaged}): it writes no
 * resolv.conf there, and by DHCP the host's client does. Whether it knows the system shows when the image is unpacked, so the config is
 * given the line on that condition. It binds the host's own resolv.conf, or one of tengil's with the name servers of the file.
 *
 * <p>LXC makes this mount with the rights of the container's root: the file must lie where everybody may look. It is optional to LXC,
 * which refuses a symbolic link at the target: an image that has one there starts all the same.
 */
final class NameServers {

    private static final String CHOICE = "resolv";
    private static final HostPath OF_HOST = HostPath.of("/etc/resolv.conf");
    private static final HostPath FOLDER = HostPath.of("/var/lib/tengil-resolv");
    private static final String TARGET = "etc/resolv.conf";
    private static final int READABLE = 0644;

    private NameServers() {}

    static void choose(Scope scope, VmId vmid, boolean image) {
        if (image && (scope.made() || scope.chosen(CHOICE) != null)) {
            scope.choices.put(CHOICE, FOLDER.resolve(vmid + ".conf").value());
        }
    }

    /** Null where Proxmox or the host's DHCP client sees to it. */
    private static @Nullable HostPath source(Container container) {
        String own = container.choices().get(CHOICE);
        PropertyString net = container.net();
        boolean fixed = net != null && String.valueOf(net.get("ip")).contains("/");
        return own == null || !fixed || container.files().containsKey("/" + TARGET)
                ? null
                : container.options().containsKey("nameserver") ? HostPath.of(own) : OF_HOST;
    }

    static List<Operation> prepared(Container container) {
        HostPath source = source(container);
        return source == null || source.equals(OF_HOST)
                ? List.of()
                : List.of(
                        Operation.Run.of(
                                "make directory " + FOLDER,
                                Command.changes("mkdir", "-p", "-m", "0755", "--", FOLDER.value())),
                        written(container, source));
    }

    /** Other name servers in the file of a container that was made before; it reads them when it starts again. */
    static List<Operation> changed(Container container, Map<String, String> options) {
        HostPath source = source(container);
        boolean ours = source != null && !source.equals(OF_HOST) && "unmanaged".equals(options.get("ostype"));
        return ours ? prepared(container) : List.of();
    }

    private static Operation written(Container container, HostPath file) {
        StringBuilder text = new StringBuilder("# Written by tengil for container " + container.name() + ".\n");
        String domains = container.options().get("searchdomain");
        if (domains != null) {
            text.append("search ").append(domains).append('\n');
        }
        for (String server : container.options().getOrDefault("nameserver", "").split(" ", -1)) {
            text.append("nameserver ").append(server).append('\n');
        }
        return new Operation.Write(
                "write the name servers of container " + container.vmid(),
                new FileWrite(file, Bytes.utf8(text.toString()), READABLE),
                null);
    }

    static List<ConfEdit> edits(Container container) {
        HostPath source = source(container);
        List<ConfEdit> edits = new ArrayList<>();
        if (source != null) {
            edits.add(new ConfEdit.AddRawWhere(
                    "ostype",
                    "unmanaged",
                    "lxc.mount.entry",
                    source + " " + TARGET + " none bind,ro,optional,create=file 0 0"));
        }
        return edits;
    }
}
