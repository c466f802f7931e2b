package dev.tengil.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.tengil.apply.Pauses;
import dev.tengil.host.Command;
import dev.tengil.host.Host;
import dev.tengil.host.HostException;
import dev.tengil.host.Result;
import dev.tengil.model.VmId;
import dev.tengil.resource.container.Container;
import dev.tengil.resource.container.PropertyString;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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

    private Services() {}

    /**
     * What Proxmox says of a container.
     *
     * @param running whether it runs
     * @param address its IPv4 address, else its IPv6 address; null while it has none
     */
    record Seen(boolean running, @Nullable String address) {
        private static final Seen STOPPED = new Seen(false, null);
        private static final Seen NO_ADDRESS = new Seen(true, null);
    }

    /** Where a container is now: Proxmox answers null for one that does not run. */
    static Seen seen(Host host, VmId vmid) throws HostException {
        Result result = host.run(Command.reads(
                "pvesh", "get", "/nodes/localhost/lxc/" + vmid + "/interfaces", "--output-format", "json"));
        if (result.exit() != 0) {
            return Seen.STOPPED;
        }
        try {
            if (!(JsonParser.parseString(result.out()) instanceof JsonArray cards)) {
                return Seen.STOPPED;
            }
            String address = address(cards, "inet");
            address = address == null ? address(cards, "inet6") : address;
            return address == null ? Seen.NO_ADDRESS : new Seen(true, address);
        } catch (JsonParseException | IllegalStateException e) {
            return Seen.STOPPED;
        }
    }

    /** The first of this family that others can reach; one that begins with fe80 is known on the wire alone. */
    private static @Nullable String address(JsonArray cards, String family) {
        for (JsonElement each : cards) {
            JsonObject card = each.getAsJsonObject();
            JsonElement name = card.get("name");
            JsonElement found = card.get(family);
            if (name != null && found != null && !name.getAsString().equals("lo")) {
                String text = found.getAsString();
                String bare = text.contains("/") ? text.substring(0, text.indexOf('/')) : text;
                if (!bare.toLowerCase(Locale.ROOT).startsWith("fe80")) {
                    return bare;
                }
            }
        }
        return null;
    }

    /**
     * A line per container with its address and the URLs of its declared ports; empty when there are no containers.
     *
     * @param patience how long to wait for those that run and have no address yet: DHCP takes its time behind the start
     */
    static String text(Host host, List<Container> containers, Duration patience, Pauses pauses) {
        Map<String, Future<Seen>> asked = new TreeMap<>();
        StringBuilder out = new StringBuilder();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Container container : containers) {
                asked.put(container.name(), threads.submit(() -> awaited(host, container, patience, pauses)));
            }
            int widest = containers.stream()
                    .mapToInt(container -> container.name().length())
                    .max()
                    .orElse(0);
            for (Container container : containers) {
                Future<Seen> answer = asked.get(container.name());
                Seen seen = answer == null ? null : await(answer);
                out.append("  ")
                        .append(container.name())
                        .append(" ".repeat(widest + 2 - container.name().length()))
                        .append(seen == null ? "cannot be asked" : line(container, seen))
                        .append('\n');
            }
        }
        return out.isEmpty() ? "" : "\n" + out;
    }

    private static String line(Container container, Seen seen) {
        if (!seen.running()) {
            return "not running";
        }
        return String.join("  ", urls(container, seen));
    }

    private static Seen awaited(Host host, Container container, Duration patience, Pauses pauses) throws HostException {
        PropertyString net = container.net();
        boolean none = net != null && "manual".equals(net.get("ip"));
        Seen seen = seen(host, container.vmid());
        for (Duration left = patience;
                !none && seen.running() && seen.address() == null && left.isPositive();
                left = left.minus(LOOK_AGAIN)) {
            pauses.pause(LOOK_AGAIN);
            seen = seen(host, container.vmid());
        }
        return seen;
    }

    private static @Nullable Seen await(Future<Seen> answer) {
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
    static List<String> urls(Container container, Seen seen) {
        String found = seen.address();
        if (found == null) {
            return List.of("no address yet");
        }
        String address = found.contains(":") ? "[" + found + "]" : found;
        List<String> urls = new ArrayList<>();
        for (String port : container.choices().getOrDefault("ports", "").split(",", -1)) {
            if (port.matches("\\d+(/tcp)?")) {
                String number = port.replace("/tcp", "");
                String scheme = SECURE.contains(number) ? "https://" : "http://";
                boolean usual = number.equals("80") || number.equals("443");
                urls.add((NO_WEB.contains(number) ? "" : scheme) + address + (usual ? "" : ":" + number));
            }
        }
        return urls.isEmpty() ? List.of(found) : urls;
    }
}
