package dev.tengil.resource.container;

import dev.tengil.model.Diagnostic;
import dev.tengil.model.Located;
import dev.tengil.model.Nearest;
import dev.tengil.model.Span;
import dev.tengil.model.VmId;
import dev.tengil.resource.Declaration;
import dev.tengil.resource.ResolveContext;
import dev.tengil.resource.facts.Guest;
import dev.tengil.resource.facts.GuestConf;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Gives every container its number: the file's, the one it had before, the one that it is found under, or a free one. */
final class Vmids {
    private static final int FIRST = 100;

    private final ResolveContext context;
    private final Set<Integer> taken = new HashSet<>();
    private final Map<VmId, String> given = new HashMap<>();

    Vmids(Map<String, List<Declaration>> byName, ResolveContext context) {
        this.context = context;
        context.facts().guests().keySet().forEach(vmid -> taken.add(vmid.value()));
        context.applied().ofKind(Container.KIND).forEach(applied -> speakFor(applied.choice("vmid")));
        byName.forEach((name, declarations) -> {
            speakFor(context.applied().choice(Container.addressOf(name), "vmid"));
            for (Declaration declaration : declarations) {
                VmId asked = declaration.fields().value(ContainerKeys.VMID);
                speakFor(asked == null ? null : asked.toString());
            }
        });
    }

    private void speakFor(@Nullable String vmid) {
        if (vmid != null) {
            taken.add(Integer.valueOf(vmid));
        }
    }

    /** Null after saying why not. */
    @Nullable
    VmId of(Merged asked, boolean existing) {
        VmId vmid = choose(asked, existing);
        String other = vmid == null ? null : given.putIfAbsent(vmid, asked.name());
        if (vmid != null && other != null) {
            refuse(
                    "container.vmid-twice",
                    "containers " + other + " and " + asked.name() + " both are number " + vmid,
                    asked.span(),
                    "Give one of them another vmid, or none.");
            return null;
        }
        return vmid;
    }

    private @Nullable VmId choose(Merged asked, boolean existing) {
        Located<VmId> named = asked.one(ContainerKeys.VMID);
        if (named != null) {
            Guest guest = context.facts().guests().get(named.value());
            if (existing && guest == null) {
                return absent(asked, "there is no container " + named.value());
            }
            return named.value();
        }
        Located<String> asHost = asked.one(ContainerKeys.HOSTNAME);
        String hostname = asHost == null ? asked.name() : asHost.value();
        String chosen = context.applied().choice(Container.addressOf(asked.name()), "vmid");
        if (chosen != null && !isLost(asked.name(), hostname, VmId.parse(chosen).orThrow())) {
            return VmId.parse(chosen).orThrow();
        }
        List<Guest> same = context.facts().guests().values().stream()
                .filter(guest -> guest.container()
                        && guest.node().equals(context.facts().node().name())
                        && (guest.name().equals(asked.name()) || guest.name().equals(hostname)))
                .toList();
        if (existing) {
            if (same.size() > 1) {
                refuse(
                        "container.ambiguous",
                        same.size() + " containers are called " + asked.name() + ": "
                                + String.join(
                                        ", ",
                                        same.stream()
                                                .map(guest -> guest.vmid().toString())
                                                .toList()),
                        asked.span(),
                        "Say which one is meant with vmid:.");
                return null;
            }
            return same.isEmpty()
                    ? absent(asked, "there is no container called " + asked.name())
                    : same.getFirst().vmid();
        }
        List<Guest> ours = same.stream()
                .filter(guest -> guest.conf() != null && Mark.stackOf(guest.conf()) != null)
                .toList();
        if (ours.size() == 1) {
            return ours.getFirst().vmid();
        }
        if (!same.isEmpty()) {
            refuse(
                    "container.exists",
                    "a container called " + hostname + " exists already ("
                            + same.getFirst().vmid() + "), and tengil did not make it",
                    asked.span(),
                    "To take it over: tg adopt container:" + asked.name()
                            + ". To leave it alone, give yours another name.");
            return null;
        }
        int free = FIRST;
        while (!taken.add(free)) {
            free++;
        }
        return new VmId(free);
    }

    /** Whether somebody took the number before the container that was to have it was made; ours carry their mark from birth. */
    private boolean isLost(String name, String hostname, VmId chosen) {
        Guest guest = context.facts().guests().get(chosen);
        if (guest == null || context.applied().get(Container.addressOf(name)) != null) {
            return false;
        }
        GuestConf conf = guest.conf();
        return conf == null
                // Of another node only the name is known: under ours it may be ours, moved there.
                ? !guest.container() || !guest.name().equals(hostname)
                : Mark.stackOf(conf) == null && !Ownership.isHalfMade(conf);
    }

    private @Nullable VmId absent(Merged asked, String message) {
        Set<String> names = new TreeSet<>();
        context.facts().guests().values().stream()
                .filter(guest -> guest.container()
                        && guest.node().equals(context.facts().node().name()))
                .forEach(guest -> names.add(guest.name()));
        refuse(
                "container.not-found",
                message + Nearest.suggestion(asked.name(), names),
                asked.span(),
                "It has neither image nor template, so it must exist. "
                        + (names.isEmpty()
                                ? "This host has no containers."
                                : "On this host are: " + String.join(", ", names) + "."));
        return null;
    }

    private void refuse(String code, String message, Span span, String help) {
        context.diagnostics().add(Diagnostic.error(code, message).at(span).help(help));
    }
}
