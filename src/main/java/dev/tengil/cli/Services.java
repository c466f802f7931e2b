package dev.tengil.cli;

import dev.tengil.apply.Pauses;
import dev.tengil.host.Host;
import dev.tengil.host.HostException;
import dev.tengil.model.Address;
import dev.tengil.resource.HealthCheck;
import dev.tengil.resource.container.Container;
import dev.tengil.resource.container.PropertyString;
import dev.tengil.resource.facts.GuestAddress;
import dev.tengil.resource.facts.Health;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Where the apps of the containers are to be found: their real addresses, asked of Proxmox. */
final class Services {

    /** How long a lease may take; a host that has none to give is not waited for any longer. */
    static final Duration LEASE = Duration.ofSeconds(15);

    /** Ports that apps encrypt by custom: Proxmox, Portainer and others. */
    private static final Set<String> SECURE = Set.of("443", "8006", "8443", "9443");

    /** Ports by which a browser gets nothing: ssh, mail, names, files, message brokers, databases. */
    private static final Set<String> NO_WEB = Set.of(
            "21", "22", "25", "53", "139", "143", "389", "445", "465", "587", "636", "853", "993", "995", "1433",
            "1521", "1883", "2049", "3306", "5432", "5672", "6379", "8883", "9042", "11211", "27017");

    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    /** A machine on the same bridge answers in no time. */
    private static final Duration KNOCK = Duration.ofSeconds(3);

    private Services() {}

    /**
     * What was found out.
     *
     * @param deaf declared ports that nobody listens on, each in a few words
     */
    private record Found(GuestAddress seen, List<String> deaf) {}

    /**
     * A line per container with its address and the URLs of its declared ports; empty when there are no containers.
     *
     * @param begun those that were made or changed just now: their ports are looked at
     * @param patience how long to wait for those that run and have no address yet, or do not listen yet: DHCP takes its time behind the
     *     start, and so do apps
     */
    static String text(Host host, List<Container> containers, Set<Address> begun, Duration patience, Pauses pauses) {
        Map<String, Future<Found>> asked = new TreeMap<>();
        StringBuilder out = new StringBuilder();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Container container : containers) {
                asked.put(
                        container.name(),
                        threads.submit(
                                () -> found(host, container, begun.contains(container.address()), patience, pauses)));
            }
            int widest = containers.stream()
                    .mapToInt(container -> container.name().length())
                    .max()
                    .orElse(0);
            for (Container container : containers) {
                Future<Found> answer = asked.get(container.name());
                Found found = answer == null ? null : await(answer);
                out.append("  ")
                        .append(container.name())
                        .append(" ".repeat(widest + 2 - container.name().length()))
                        .append(found == null ? "cannot be asked" : line(container, found.seen()))
                        .append('\n');
                for (String deaf : found == null ? List.<String>of() : found.deaf()) {
                    out.append(" ".repeat(widest + 4)).append(deaf).append('\n');
                }
            }
        }
        return out.isEmpty() ? "" : "\n" + out;
    }

    private static String line(Container container, GuestAddress seen) {
        if (!seen.running()) {
            return "not running";
        }
        return String.join("  ", urls(container, seen));
    }

    private static Found found(Host host, Container container, boolean begun, Duration patience, Pauses pauses)
            throws HostException {
        GuestAddress seen = awaited(host, container, patience, pauses);
        String address = seen.address();
        List<String> deaf = begun && address != null ? deaf(host, container, address) : List.of();
        for (Duration left = patience; !deaf.isEmpty() && left.isPositive(); left = left.minus(LOOK_AGAIN)) {
            pauses.pause(LOOK_AGAIN);
            deaf = deaf(host, container, String.valueOf(address));
        }
        return new Found(seen, deaf);
    }

    /** What of its declared ports is not there; of UDP nobody can tell. */
    private static List<String> deaf(Host host, Container container, String address) throws HostException {
        List<String> deaf = new ArrayList<>();
        for (String port : tcp(container)) {
            String problem = Health.problem(host, address, HealthCheck.listening(Integer.parseInt(port), KNOCK));
            if (problem != null) {
                deaf.add(problem);
            }
        }
        return deaf;
    }

    private static List<String> tcp(Container container) {
        return Arrays.stream(container.choices().getOrDefault("ports", "").split(",", -1))
                .filter(port -> port.matches("\\d+(/tcp)?"))
                .map(port -> port.replace("/tcp", ""))
                .toList();
    }

    private static GuestAddress awaited(Host host, Container container, Duration patience, Pauses pauses)
            throws HostException {
        PropertyString net = container.net();
        boolean none = net != null && "manual".equals(net.get("ip"));
        GuestAddress seen = GuestAddress.of(host, container.vmid());
        for (Duration left = patience;
                !none && seen.running() && seen.address() == null && left.isPositive();
                left = left.minus(LOOK_AGAIN)) {
            pauses.pause(LOOK_AGAIN);
            seen = GuestAddress.of(host, container.vmid());
        }
        return seen;
    }

    private static @Nullable Found await(Future<Found> answer) {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    /** The address alone, or a URL for each TCP port. */
    static List<String> urls(Container container, GuestAddress seen) {
        String found = seen.address();
        if (found == null) {
            return List.of("no address yet");
        }
        String address = found.contains(":") ? "[" + found + "]" : found;
        List<String> urls = new ArrayList<>();
        for (String number : tcp(container)) {
            String scheme = SECURE.contains(number) ? "https://" : "http://";
            boolean usual = number.equals("80") || number.equals("443");
            urls.add((NO_WEB.contains(number) ? "" : scheme) + address + (usual ? "" : ":" + number));
        }
        return urls.isEmpty() ? List.of(found) : urls;
    }
}
