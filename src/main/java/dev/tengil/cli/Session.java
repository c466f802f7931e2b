package dev.tengil.cli;

import dev.tengil.apply.Advice;
import dev.tengil.host.Host;
import dev.tengil.host.HostException;
import dev.tengil.host.HostFile;
import dev.tengil.model.Diagnostic;
import dev.tengil.model.Diagnostics;
import dev.tengil.model.HostPath;
import dev.tengil.model.Parsed;
import dev.tengil.plan.TengilFile;
import dev.tengil.resource.Applied;
import dev.tengil.resource.facts.ImageSource;
import dev.tengil.resource.facts.RegistrySource;
import dev.tengil.resource.facts.SkopeoSource;
import dev.tengil.state.SecretStore;
import dev.tengil.state.StateStore;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One file, one host, and what is known of both: opened once by a command, closed at its end. */
final class Session implements AutoCloseable {

    private static final int SALT_BYTES = 12;

    private final Output output;
    private final FileReading file;
    private final Host host;
    private final StateStore store;
    private final SecretStore secrets;
    private final Applied applied;
    private final boolean stateMissing;
    private final StateStore.Loaded.@Nullable Unreadable damage;
    private @Nullable OciAsking asking;
    private @Nullable Session before;

    private Session(
            Output output,
            FileReading file,
            Host host,
            StateStore store,
            SecretStore secrets,
            Applied applied,
            boolean stateMissing,
            StateStore.Loaded.@Nullable Unreadable damage) {
        this.output = output;
        this.file = file;
        this.host = host;
        this.store = store;
        this.secrets = secrets;
        this.applied = applied;
        this.stateMissing = stateMissing;
        this.damage = damage;
    }

    /** Reads the file, opens the host, loads the state; one that cannot be read stops it. */
    static Session open(Output output) throws Stopped {
        Session session = openWhateverTheState(output);
        StateStore.Loaded.Unreadable damage = session.damage;
        if (damage != null) {
            session.close();
            throw unreadable(output, damage);
        }
        return session;
    }

    private static Stopped unreadable(Output output, StateStore.Loaded.Unreadable damage) {
        output.error(
                "state.unreadable",
                "the state in " + damage.file() + " cannot be used: " + damage.reason(),
                damage.newer()
                        ? "Nothing was done, and the state is whole: use that tengil here too."
                        : "Nothing was done. Restore it from a backup, or make it anew from the marks: tg state rebuild");
        return new Stopped(Exit.REFUSED);
    }

    /** As {@link #open}, for what looks at a state or repairs it: an unreadable one is kept as {@link #damage}. */
    static Session openWhateverTheState(Output output) throws Stopped {
        SecretStore secrets = new SecretStore();
        FileReading file = FileReading.read(output, secrets);
        Host host = Targets.open(output, file.fields().value(TengilFile.HOST));
        boolean opened = false;
        try {
            String stack = file.fields().valueOr(TengilFile.STACK, "main");
            Session session = load(output, file, host, new StateStore(host, stack), secrets);
            opened = true;
            return session;
        } catch (HostException e) {
            throw broken(output, e);
        } finally {
            if (!opened) {
                host.close();
            }
        }
    }

    private static Session load(Output output, FileReading file, Host host, StateStore store, SecretStore secrets)
            throws Stopped, HostException {
        Map<HostPath, HostFile> read = host.read(List.of(
                store.files().state(), store.files().journal(), store.files().secrets()));
        HostPath path = store.files().secrets();
        if (secrets.read(path, read.get(path)) instanceof Parsed.Bad<SecretStore>(String reason)) {
            output.error(
                    "state.secrets",
                    "the secrets on the host cannot be read: " + reason,
                    "Restore the file from a backup.");
            throw new Stopped(Exit.REFUSED);
        }
        return switch (store.interpret(read)) {
            case StateStore.Loaded.Missing() ->
                new Session(output, file, host, store, secrets, Applied.empty(store.stack(), salt()), true, null);
            case StateStore.Loaded.Found(Applied applied) ->
                new Session(output, file, host, store, secrets, applied, false, null);
            case StateStore.Loaded.Unreadable damage ->
                new Session(output, file, host, store, secrets, Applied.empty(store.stack(), salt()), false, damage);
        };
    }

    /** The same with the state as it is now; the host stays open and belongs to this one. */
    Session reloaded() throws Stopped {
        try {
            Session session = load(output, file, host, store, secrets);
            if (session.damage != null && damage == null) {
                throw unreadable(output, session.damage);
            }
            session.before = this;
            return session;
        } catch (HostException e) {
            throw broken(output, e);
        }
    }

    private static String salt() {
        byte[] bytes = new byte[SALT_BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** Says that the way to the host is broken. */
    static Stopped broken(Output output, HostException e) {
        String help = switch (e.kind()) {
            case UNKNOWN_HOST_KEY, UNREACHABLE -> "Check the address, and that ssh gets there: ssh HOST true";
            case UNKNOWN_OUTCOME -> "It may or may not have happened. Run tg plan: it looks first.";
            case LOCK_LOST -> "Another apply took over. Wait for it, then run tg plan.";
            case UNSAFE_FOLDER ->
                "Find out who made it so. It is to be root's alone: chown root:root, chmod 0700, and a directory instead of a link.";
            case FILE -> Advice.on(String.valueOf(e.getMessage()));
            case INTERRUPTED -> null;
        };
        output.error(
                "host." + e.kind().name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'),
                String.valueOf(e.getMessage()),
                help);
        return new Stopped(e.kind() == HostException.Kind.INTERRUPTED ? Exit.INTERRUPTED : Exit.ERROR);
    }

    /** Says what is wrong, and stops if that is an error. */
    void stopOn(Diagnostics diagnostics, Exit exit) throws Stopped {
        if (diagnostics.hasErrors()) {
            output.diagnostics(diagnostics.byPlace(), file.source());
            output.json(diagnostics.byPlace());
            throw new Stopped(exit);
        }
    }

    /** Why the state cannot be read; null when it can, or when there is none. */
    StateStore.Loaded.@Nullable Unreadable damage() {
        return damage;
    }

    /** Whether this stack has no state on the host. */
    boolean stateMissing() {
        return stateMissing;
    }

    Output output() {
        return output;
    }

    FileReading file() {
        return file;
    }

    Host host() {
        return host;
    }

    StateStore store() {
        return store;
    }

    SecretStore secrets() {
        return secrets;
    }

    Applied applied() {
        return applied;
    }

    /** What registries are asked with. */
    OciAsking asking() {
        if (before != null) {
            return before.asking();
        }
        if (asking == null) {
            asking = OciAsking.of(output, file.fields(), file.directory());
        }
        return asking;
    }

    /** What was said while registries were asked. */
    List<Diagnostic> saidOfLogins() {
        return before != null
                ? before.saidOfLogins()
                : asking == null ? List.of() : asking.keychain().warnings();
    }

    /** Where images are looked up: a simulated host has registries of its own. */
    ImageSource images() {
        SkopeoSource onHost = new SkopeoSource(host, new HostPulls(this));
        return host.network() == Host.Network.OWN_WORLD ? onHost : new RegistrySource(asking().client(), host, onHost);
    }

    @Override
    public void close() {
        if (asking != null) {
            asking.close();
        }
        host.close();
    }
}
