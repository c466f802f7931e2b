package dev.tengil.vm;

import dev.tengil.cli.Tg;
import dev.tengil.host.Bytes;
import dev.tengil.host.Command;
import dev.tengil.host.FileWrite;
import dev.tengil.host.HostException;
import dev.tengil.host.Result;
import dev.tengil.host.SshHost;
import dev.tengil.model.HostPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** A Debian with Samba and NFS, twice: the test machine, and a simulated one with the same files, packages and datasets. */
final class PlainDebian implements AutoCloseable {

    private static final HostPath SMB_CONF = HostPath.of("/etc/samba/smb.conf");

    /** Back to what it was, without the time that a reset takes: everything that tengil can have made or changed. */
    private static final String CLEAN = """
            exec 2> /dev/null
            for file in /etc/samba/smb.conf /etc/passwd /etc/group /etc/shadow /etc/gshadow; do
                [ -e /root/pristine$file ] || { mkdir -p /root/pristine${file%/*}; cp -p $file /root/pristine$file; }
                cmp -s /root/pristine$file $file || cp -p /root/pristine$file $file
            done
            pdbedit -L | cut -d: -f1 | while read -r name; do smbpasswd -x "$name"; done
            rm -rf /var/lib/tengil /etc/samba/tengil* /etc/exports.d/* /srv/*
            : > /etc/exports
            exportfs -ra
            zfs list -H -r -d 1 -o name tank | tail -n +2 | while read -r dataset; do zfs destroy -R "$dataset"; done
            rm -rf /tank/* /srv/*
            true
            """;

    private final SshHost real;
    private final Tg onReal;
    private final Tg onSimulated;
    private final Path folder;

    /** @param folder an empty one */
    PlainDebian(TestMachine machine, Path folder) throws IOException {
        this.real = machine.host();
        this.folder = folder;
        this.onReal = new Tg(Files.createDirectories(folder.resolve("real"))).host(new LastingHost(real));
        this.onSimulated = new Tg(Files.createDirectories(folder.resolve("simulated")));
    }

    /** What an apply shows before it begins, or refuses; what it says then tells times. */
    static String plan(Tg.Ran ran) {
        int end = ran.out().indexOf("\nPlan: ");
        return end < 0 ? ran.out() + ran.err() : ran.out().substring(0, end);
    }

    Tg real() {
        return onReal;
    }

    Tg simulated() {
        return onSimulated;
    }

    /** Gives both this file. */
    void file(String text) throws IOException {
        onReal.file(text);
        onSimulated.file(text);
    }

    /** Whether a world says nothing but what is made here: datasets without a key, their owners, files. */
    static boolean knows(String world) {
        Object read = new Load(LoadSettings.builder().build()).loadFromString(world);
        if (!(read instanceof Map<?, ?> said)) {
            return read == null;
        }
        if (!Set.of("datasets", "files", "packages", "proxmox").containsAll(said.keySet())) {
            return false;
        }
        if (said.get("datasets") instanceof Map<?, ?> datasets) {
            for (Object each : datasets.values()) {
                Map<?, ?> entry = each instanceof Map<?, ?> map ? map : Map.of();
                boolean locked = entry.get("properties") instanceof Map<?, ?> properties
                        && (properties.containsKey("keystatus") || properties.containsKey("encryption"));
                if (locked || !Set.of("properties", "owner", "mode").containsAll(entry.keySet())) {
                    return false;
                }
            }
        }
        return !(said.get("files") instanceof Map<?, ?> files)
                || files.values().stream()
                        .allMatch(each -> each instanceof String || each.equals(Map.of("directory", true)));
    }

    /** Both as a world is described, of which only datasets and files are known here. */
    void begin(String world) throws IOException, HostException {
        run(CLEAN);
        Map<?, ?> said = new Load(LoadSettings.builder().build()).loadFromString(world) instanceof Map<?, ?> map
                ? map
                : Map.of();
        Map<Object, Object> simulated = new LinkedHashMap<>(said);
        Map<Object, Object> files = new LinkedHashMap<>();
        files.put(
                SMB_CONF.value(),
                real.read(List.of(SMB_CONF)).get(SMB_CONF).content().text());
        files.put("/etc/exports", "");
        files.put("/etc/exports.d", Map.of("directory", true));
        files.putAll(said.get("files") instanceof Map<?, ?> map ? map : Map.of());
        simulated.put("proxmox", false);
        simulated.put("pools", Map.of("tank", Map.of("size", "8G")));
        simulated.put("packages", Map.of("samba", "2:4.22.11", "nfs-kernel-server", "1:2.8.3-1", "skopeo", "1.18.0"));
        simulated.put("files", files);
        Path description = folder.resolve("world.yml");
        Files.writeString(description, new Dump(DumpSettings.builder().build()).dumpToString(simulated));
        Path before = onSimulated.path("w");
        if (Files.exists(before)) {
            Files.move(before, folder.resolve("w" + System.nanoTime()));
        }
        Tg.Ran made = onSimulated.run("sim", "new", "w", "--world", description.toString());
        if (made.exit() != 0) {
            throw new IllegalArgumentException(made.err());
        }
        if (said.get("datasets") instanceof Map<?, ?> datasets) {
            for (Map.Entry<?, ?> each : datasets.entrySet()) {
                dataset(each.getKey().toString(), each.getValue() instanceof Map<?, ?> map ? map : Map.of());
            }
        }
        if (said.get("files") instanceof Map<?, ?> more) {
            for (Map.Entry<?, ?> each : more.entrySet()) {
                HostPath path = HostPath.of(each.getKey().toString());
                boolean directory =
                        each.getValue() instanceof Map<?, ?> map && Boolean.TRUE.equals(map.get("directory"));
                run(Command.changes("mkdir", "-p", (directory ? path : path.parent()).value()));
                if (!directory) {
                    real.write(new FileWrite(path, Bytes.utf8(each.getValue().toString()), 0644));
                }
            }
        }
    }

    private void dataset(String name, Map<?, ?> entry) throws HostException {
        List<String> argv = new ArrayList<>(List.of("zfs", "create", "-p"));
        if (entry.get("properties") instanceof Map<?, ?> properties) {
            properties.forEach((property, value) -> argv.addAll(List.of("-o", property + "=" + value)));
        }
        argv.add(name);
        run(Command.changes(argv));
        if (entry.get("owner") != null) {
            run(Command.changes("chown", entry.get("owner").toString(), "/" + name));
        }
        if (entry.get("mode") != null) {
            run(Command.changes("chmod", entry.get("mode").toString(), "/" + name));
        }
    }

    /** A line of words on both; nothing is compared. */
    void onBoth(String line) throws HostException {
        onSimulated.onHost(line);
        run(Command.changes(line.split(" ", -1)));
    }

    /** A script on the real one. */
    String run(String script) throws HostException {
        return run(Command.changes("sh").withStdin(Bytes.utf8(script)));
    }

    private String run(Command command) throws HostException {
        Result result = real.run(command);
        if (result.exit() != 0) {
            throw new AssertionError(command.argv() + " exit " + result.exit() + "\n" + result.out() + result.err());
        }
        return result.out();
    }

    @Override
    public void close() {
        real.close();
    }
}
