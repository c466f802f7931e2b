package dev.tengil.cli;

import dev.tengil.cli.view.Ink;
import dev.tengil.host.Host;
import dev.tengil.host.HostException;
import dev.tengil.resource.facts.Facts;
import dev.tengil.resource.facts.Node;
import dev.tengil.resource.facts.Pool;
import dev.tengil.resource.facts.Storage;
import dev.tengil.state.StateStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One thing of a host that tengil works with.
 *
 * @param found what there is
 * @param todo what to do about it; null when nothing
 */
record HostCheck(
        String subject, Grade grade, String found, @Nullable String todo) {

    private static final int SUBJECT_COLUMN = 12;

    /** How it stands. */
    enum Grade {
        OK,
        /** Works without; only what needs it does not. */
        ABSENT,
        MISSING;

        String word() {
            return switch (this) {
                case OK -> "ok";
                case ABSENT -> "absent";
                case MISSING -> "missing";
            };
        }
    }

    private static HostCheck ok(String subject, String found) {
        return new HostCheck(subject, Grade.OK, found, null);
    }

    private static HostCheck absent(String subject, String found, String todo) {
        return new HostCheck(subject, Grade.ABSENT, found, todo);
    }

    private static HostCheck missing(String subject, String found, String todo) {
        return new HostCheck(subject, Grade.MISSING, found, todo);
    }

    String line(Ink ink) {
        String word = String.format(java.util.Locale.ROOT, "%-8s", grade.word());
        String coloured = switch (grade) {
            case OK -> ink.green(word);
            case ABSENT -> ink.yellow(word);
            case MISSING -> ink.red(word);
        };
        String name = subject + " ".repeat(Math.max(1, SUBJECT_COLUMN - subject.length()));
        return "  " + coloured + name + found + "\n"
                + (todo == null ? "" : " ".repeat(SUBJECT_COLUMN + 10) + todo + "\n");
    }

    /** Everything, in the order in which one thing needs the other. */
    static List<HostCheck> all(Host host, Facts facts, String stack) throws HostException {
        List<HostCheck> checks = new ArrayList<>();
        checks.add(ok("tengil", Version.TEXT));
        proxmox(facts.node(), checks);
        pools(facts, checks);
        storages(facts, checks);
        Map.of(
                        "acl", "file access lists",
                        "skopeo", "images",
                        "samba", "SMB shares",
                        "nfs-kernel-server", "NFS exports")
                .entrySet()
                .stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry -> checks.add(
                        facts.packages().contains(entry.getKey())
                                ? ok("package", entry.getKey())
                                : absent(
                                        "package",
                                        entry.getKey() + " is not installed; " + entry.getValue() + " need it",
                                        "An apply that needs it installs it.")));
        checks.add(state(host, stack));
        checks.add(lock(host, stack));
        return checks;
    }

    private static void proxmox(Node node, List<HostCheck> checks) {
        String version = node.versions().get("pve-manager");
        if (!node.proxmox() || version == null) {
            checks.add(
                    absent("Proxmox VE", "is not installed", "Datasets and shares work; containers need Proxmox VE."));
            return;
        }
        checks.add(ok("Proxmox VE", version));
        checks.add(
                node.atLeast("pve-manager", "9.1")
                        ? ok("images", "containers from OCI images are possible")
                        : absent(
                                "images",
                                "Proxmox VE before 9.1 makes no containers from OCI images",
                                "Upgrade Proxmox VE, or give containers a template as well and fallback: lxc."));
        String zfs = node.versions().get("zfsutils-linux");
        if (zfs != null) {
            checks.add(ok("ZFS", zfs));
        }
    }

    private static void pools(Facts facts, List<HostCheck> checks) {
        if (facts.pools().isEmpty()) {
            checks.add(missing("pools", "there is no ZFS pool", "Make or import one: zpool import"));
        }
        for (Pool pool : facts.pools().values()) {
            String text = pool.name() + ", " + gib(pool.free()) + " of " + gib(pool.size()) + " free";
            if (pool.readonly()) {
                checks.add(missing("pool", text + ", read-only", "Import it writable: zpool import"));
            } else if (!pool.health().equals("ONLINE")) {
                checks.add(missing("pool", text + ", " + pool.health(), "See: zpool status " + pool.name()));
            } else {
                checks.add(ok("pool", text));
            }
        }
    }

    private static void storages(Facts facts, List<HostCheck> checks) {
        if (!facts.node().proxmox()) {
            return;
        }
        for (Storage storage : facts.storages().values()) {
            String text = storage.id() + " (" + storage.type() + ") for " + String.join(", ", storage.content());
            checks.add(
                    storage.active()
                            ? ok("storage", text + ", " + gib(storage.available()) + " free")
                            : missing("storage", text + ", not active", "See: pvesm status"));
        }
        for (String content : List.of("rootdir", "vztmpl")) {
            if (facts.storages().values().stream()
                    .noneMatch(each -> each.content().contains(content))) {
                checks.add(missing(
                        "storage",
                        "none may hold " + content,
                        "Containers need one: Datacenter → Storage, or pvesm set ID --content …"));
            }
        }
    }

    private static HostCheck state(Host host, String stack) throws HostException {
        StateStore store = new StateStore(host, stack);
        return switch (store.load()) {
            case StateStore.Loaded.Missing() ->
                ok("state", "none yet; the first apply makes " + store.files().state());
            case StateStore.Loaded.Found(var applied) ->
                ok(
                        "state",
                        Count.of(applied.resources().size(), "resource") + " applied" + ", in "
                                + store.files().state());
            case StateStore.Loaded.Unreadable(var file, String reason, var _) ->
                missing("state", file + ": " + reason, "Restore it, or: tg state rebuild");
        };
    }

    private static HostCheck lock(Host host, String stack) throws HostException {
        StateStore store = new StateStore(host, stack);
        if (store.load() instanceof StateStore.Loaded.Missing) {
            return ok("lock", "never taken");
        }
        return switch (host.lock(store.files().directory(), "tg doctor", Duration.ZERO)) {
            case Host.LockAttempt.Held held -> {
                held.close();
                yield ok("lock", "free");
            }
            case Host.LockAttempt.Busy(String holder) -> absent("lock", "held: " + holder, "Wait for it.");
        };
    }

    private static String gib(long bytes) {
        return bytes >= 10L << 40 ? (bytes >> 40) + " TiB" : (bytes >> 30) + " GiB";
    }
}
