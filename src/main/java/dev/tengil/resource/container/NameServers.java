package dev.tengil.resource.container;

import dev.tengil.host.Bytes;
import dev.tengil.host.Command;
import dev.tengil.host.FileWrite;
import dev.tengil.model.HostPath;
import dev.tengil.model.VmId;
import dev.tengil.resource.AppliedResource;
import dev.tengil.resource.ConfEdit;
import dev.tengil.resource.Operation;
import dev.tengil.resource.facts.GuestConf;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
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
    private static final String KEY = "lxc.mount.entry";
    private static final String OSTYPE = "ostype";
    private static final String UNMANAGED = "unmanaged";
    private static final Set<String> FIELDS = Set.of("nameserver", "searchdomain", "network");
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

    /** Fields of a container on which its name servers hang. */
    static boolean hangOn(String field) {
        return FIELDS.contains(field);
    }

    /** What has to be on the host for a container that was made before and whose fields change. */
    static List<Operation> prepared(Container container, GuestConf conf) {
        return isUnmanaged(conf) ? prepared(container) : List.of();
    }

    /** From the line that it has to the one that it needs now; read when it starts again. */
    static List<ConfEdit> edits(Container container, GuestConf conf) {
        if (!isUnmanaged(conf) || !container.choices().containsKey(CHOICE)) {
            return List.of();
        }
        HostPath source = source(container);
        String wanted = source == null ? null : entry(source);
        List<ConfEdit> edits = new ArrayList<>();
        conf.raw().stream()
                .map(GuestConf.Raw::value)
                .filter(line -> line.equals(entry(OF_HOST))
                        || line.equals(entry(HostPath.of(container.choices().get(CHOICE)))))
                .filter(line -> !line.equals(wanted))
                .forEach(line -> edits.add(new ConfEdit.RemoveRaw(KEY, line)));
        if (wanted != null) {
            edits.add(new ConfEdit.AddRaw(KEY, wanted));
        }
        return edits;
    }

    /** Those of a container that is destroyed; they are only there if the file named some. */
    static List<Operation> removed(AppliedResource left) {
        String file = left.choice(CHOICE);
        return file == null || !left.fields().containsKey("nameserver")
                ? List.of()
                : List.of(new Operation.Remove("remove its name servers", HostPath.of(file)));
    }

    private static boolean isUnmanaged(GuestConf conf) {
        return UNMANAGED.equals(conf.option(OSTYPE));
    }

    private static String entry(HostPath source) {
        return source + " " + TARGET + " none bind,ro,optional,create=file 0 0";
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
            edits.add(new ConfEdit.AddRawWhere(OSTYPE, UNMANAGED, KEY, entry(source)));
        }
        return edits;
    }
}
