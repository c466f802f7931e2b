package dev.tengil.check;

import dev.tengil.model.ByteSize;
import dev.tengil.model.Diagnostic;
import dev.tengil.resource.container.Container;
import dev.tengil.resource.facts.Guest;
import dev.tengil.resource.facts.GuestConf;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** No container may ask for more memory than the host has, and all that run together should fit, too. */
final class Memory implements Rule {
    private static final long MIB = 1L << 20;
    /** What a container gets that nobody gave a size. */
    private static final long PROXMOX_DEFAULT = 512 * MIB;

    private static final int NAMED = 3;

    private record Share(String name, long bytes) {}

    @Override
    public List<Diagnostic> check(Preflight preflight) {
        long host = preflight.facts().node().memory();
        if (host <= 0) {
            return List.of();
        }
        List<Diagnostic> found = new ArrayList<>();
        List<Share> shares = new ArrayList<>();
        for (Container container : preflight.containers()) {
            Long asked = bytes(container.options().get("memory"));
            Long has = has(preflight.conf(container));
            if (asked != null && asked > host) {
                found.add(tooMuch(container, asked, host, asked.equals(has)));
            } else if (preflight.willRun(container)) {
                shares.add(new Share(container.name(), asked != null ? asked : has != null ? has : PROXMOX_DEFAULT));
            }
        }
        if (found.isEmpty() && !shares.isEmpty()) {
            together(preflight, shares, host, found);
        }
        return found;
    }

    private static Diagnostic tooMuch(Container container, long asked, long host, boolean already) {
        String message = "container " + container.name() + " shall have " + size(asked)
                + " of memory, and the host has " + size(host);
        BiFunction<String, String, Diagnostic> said = already ? Diagnostic::warning : Diagnostic::error;
        return said.apply("container.memory-exceeds-host", message)
                .at(container.span())
                .help("Say a smaller memory:; 512M to 2G is enough for most applications.");
    }

    private static void together(Preflight preflight, List<Share> shares, long host, List<Diagnostic> found) {
        long ours = shares.stream().mapToLong(Share::bytes).sum();
        long others = others(preflight);
        if (ours + others <= host) {
            return;
        }
        String largest = shares.stream()
                .sorted(Comparator.comparingLong(Share::bytes).reversed().thenComparing(Share::name))
                .limit(NAMED)
                .map(share -> share.name() + " " + size(share.bytes()))
                .collect(Collectors.joining(", "));
        found.add(Diagnostic.warning(
                        "host.memory-overcommitted",
                        "the containers of the file may use " + size(ours) + " of memory together"
                                + (others == 0 ? "" : ", others that run " + size(others)) + ", and the host has "
                                + size(host))
                .help(
                        "That is fine while they do not use it all at once; else the kernel ends some of them. The largest: "
                                + largest + "."));
    }

    /** Containers that run here and are not in the file; of virtual machines nobody knows. */
    private static long others(Preflight preflight) {
        Set<Integer> ours = preflight.containers().stream()
                .map(container -> container.vmid().value())
                .collect(Collectors.toSet());
        long sum = 0;
        for (Guest guest : preflight.facts().guests().values()) {
            Long has = has(guest.conf());
            if (guest.running()
                    && guest.conf() != null
                    && !ours.contains(guest.vmid().value())) {
                sum += has == null ? PROXMOX_DEFAULT : has;
            }
        }
        return sum;
    }

    private static @Nullable Long has(@Nullable GuestConf conf) {
        return conf == null ? null : bytes(conf.option("memory"));
    }

    private static @Nullable Long bytes(@Nullable String mebibytes) {
        return mebibytes != null && mebibytes.matches("\\d{1,12}") ? Long.parseLong(mebibytes) * MIB : null;
    }

    private static String size(long bytes) {
        return new ByteSize(bytes).rounded();
    }
}
