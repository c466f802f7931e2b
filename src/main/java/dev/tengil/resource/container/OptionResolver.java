package dev.tengil.resource.container;

import dev.tengil.model.ByteSize;
import dev.tengil.model.Fields;
import dev.tengil.model.Located;
import dev.tengil.resource.container.ContainerShapes.Startup;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The plain options of Proxmox: what the file owns, and what is only given at creation. */
final class OptionResolver {
    private static final long MIB = 1L << 20;
    private static final int LEAST_MEMORY = 16;

    private OptionResolver() {}

    static void resolve(
            Scope scope,
            boolean privileged,
            Container.Origin origin,
            int order,
            SortedMap<String, String> options,
            SortedMap<String, String> defaults) {
        size(scope, "memory", memory(scope), LEAST_MEMORY, options);
        size(
                scope,
                "swap",
                scope.asked.one(ContainerKeys.SWAP, OldContainerKeys.RESOURCES, OldContainerKeys.R_SWAP),
                0,
                options);
        Located<Integer> cores =
                scope.asked.one(ContainerKeys.CORES, OldContainerKeys.RESOURCES, OldContainerKeys.R_CORES);
        cores = cores == null ? scope.orDefault(ContainerKeys.CORES) : cores;
        put(options, "cores", cores);
        if (cores != null
                && cores.value() > scope.facts().node().cpus()
                && scope.facts().node().cpus() > 0) {
            scope.warn(
                    "container.cores",
                    "container " + scope.asked.name() + " shall have " + cores.value()
                            + " processors, and the host has "
                            + scope.facts().node().cpus(),
                    cores.span(),
                    null);
        }
        put(options, "cpulimit", scope.asked.one(ContainerKeys.CPULIMIT));
        put(options, "timezone", scope.orDefault(ContainerKeys.TIMEZONE));
        Located<String> hostname = scope.asked.one(ContainerKeys.HOSTNAME);
        put(options, "hostname", hostname);
        Located<String> description = scope.asked.one(ContainerKeys.DESCRIPTION);
        if (description != null) {
            options.put("description", description.value().strip());
        }
        Located<Boolean> onboot = scope.orDefault(ContainerKeys.ONBOOT);
        if (onboot != null) {
            options.put("onboot", onboot.value() ? "1" : "0");
        } else {
            defaults.put("onboot", "1");
        }
        startup(scope, order, options);
        features(scope, privileged, origin, options, defaults);
        Located<Fields> network = scope.asked.one(ContainerKeys.NETWORK);
        Located<String> nameserver = network == null ? null : network.value().get(NetworkKeys.NAMESERVER);
        Fields general = scope.inputs.defaults();
        if (nameserver == null && general != null && !scope.existing) {
            nameserver = general.get(NetworkKeys.NAMESERVER);
        }
        put(options, "nameserver", nameserver);
        put(options, "searchdomain", network == null ? null : network.value().get(NetworkKeys.SEARCHDOMAIN));
    }

    private static @Nullable Located<ByteSize> memory(Scope scope) {
        Located<ByteSize> own =
                scope.asked.one(ContainerKeys.MEMORY, OldContainerKeys.RESOURCES, OldContainerKeys.R_MEMORY);
        return own == null ? scope.orDefault(ContainerKeys.MEMORY) : own;
    }

    private static void size(
            Scope scope,
            String option,
            @Nullable Located<ByteSize> size,
            int least,
            SortedMap<String, String> options) {
        if (size == null) {
            return;
        }
        long bytes = size.value().bytes();
        if (bytes % MIB != 0 || bytes / MIB < least) {
            scope.error(
                    "container." + option,
                    option + " is counted in whole MiB, at least " + least,
                    size.span(),
                    "Write for example 512M or 2G.");
            return;
        }
        options.put(option, Long.toString(bytes / MIB));
    }

    private static void startup(Scope scope, int order, SortedMap<String, String> options) {
        Located<Startup> startup = scope.asked.one(ContainerKeys.STARTUP);
        SortedMap<String, String> parts = new TreeMap<>();
        // Of an existing container only what the file says itself is managed.
        number(parts, "order", startup == null && scope.existing ? StartOrder.NONE : order);
        if (startup != null) {
            number(parts, "up", startup.value().up());
            number(parts, "down", startup.value().down());
        }
        if (!parts.isEmpty()) {
            options.put("startup", new PropertyString("", parts).print("order"));
        }
    }

    private static void number(SortedMap<String, String> parts, String key, int value) {
        if (value >= 0) {
            parts.put(key, Integer.toString(value));
        }
    }

    private static void features(
            Scope scope,
            boolean privileged,
            Container.Origin origin,
            SortedMap<String, String> options,
            SortedMap<String, String> defaults) {
        SortedMap<String, String> features = new TreeMap<>();
        Located<SortedMap<String, String>> asked = scope.asked.one(ContainerKeys.FEATURES);
        if (asked != null) {
            features.putAll(asked.value());
        }
        Located<Boolean> docker = scope.asked.one(ContainerKeys.REQUIRES_DOCKER);
        if (docker != null && docker.value()) {
            features.putIfAbsent("nesting", "1");
            if (!privileged) {
                features.putIfAbsent("keyctl", "1");
            }
        }
        if (privileged && features.containsKey("keyctl")) {
            scope.error(
                    "container.keyctl",
                    "keyctl is a feature of unprivileged containers only",
                    asked == null ? scope.asked.span() : asked.span(),
                    "Take it out; a privileged container has it anyway.");
        }
        if (!features.isEmpty()) {
            options.put("features", new PropertyString("", features).print(""));
        } else if (!privileged && origin instanceof Container.Origin.Template) {
            // systemd of today's distributions does not start its services properly without.
            defaults.put("features", "nesting=1");
        }
    }

    private static void put(SortedMap<String, String> options, String key, @Nullable Located<?> value) {
        if (value != null) {
            options.put(key, value.value().toString());
        }
    }
}
