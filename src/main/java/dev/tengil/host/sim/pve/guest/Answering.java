package dev.tengil.host.sim.pve.guest;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the app of a container does when somebody of the network wants something of it. */
public final class Answering {

    private Answering() {}

    /** What comes back. */
    public sealed interface Reply {
        /** The app takes the connection, and answers a request with this status. */
        record Status(int code) implements Reply {}

        /** The machine is there, and nothing listens. */
        record Refused() implements Reply {}

        /** There is no such machine. */
        record NoRoute() implements Reply {}
    }

    /** Connects. An app that needs time to get ready has a second more of it each time somebody asks. */
    public static Reply reply(Proxmox pve, String address, int port) {
        for (int vmid : pve.guests().all()) {
            if (pve.guests().isRunning(vmid)) {
                Section section = pve.guests().load(vmid).current();
                boolean here = Addresses.of(pve, section).stream()
                        .anyMatch(each ->
                                isAt(each.v4(), address) || each.v6().stream().anyMatch(v6 -> isAt(v6, address)));
                if (here) {
                    return of(pve, vmid, section, port);
                }
            }
        }
        return new Reply.NoRoute();
    }

    private static boolean isAt(@Nullable String cidr, String address) {
        return cidr != null && Objects.equals(cidr.replaceFirst("/.*", ""), address);
    }

    private static Reply of(Proxmox pve, int vmid, Section section, int port) {
        RegistryImage image = Contents.of(pve, section);
        RegistryImage.Service service = image == null
                ? RegistryImage.Service.WILLING
                : image.content().program().service();
        if (!isReady(pve, vmid, service)) {
            return new Reply.Refused();
        }
        return service.listens() == null || service.listens().contains(Integer.toString(port))
                ? new Reply.Status(service.answers())
                : new Reply.Refused();
    }

    /** Whether it has come so far; whoever asks one that has not takes a second of its time. */
    static boolean isReady(Proxmox pve, int vmid, RegistryImage.Service service) {
        boolean ready = service.readyAfter() == 0 || pve.guests().uptime(vmid) > service.readyAfter();
        if (!ready) {
            pve.world().pass(1);
        }
        return ready;
    }
}
