package dev.tengil.resource.discovery;

import dev.tengil.model.Diagnostics;
import dev.tengil.model.Located;
import dev.tengil.model.Parsed;
import dev.tengil.model.Span;
import dev.tengil.resource.Need;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Traefik's dynamic configuration for its file provider, of labels that mean what they mean to its Docker provider: a container with
 * such labels is served unless {@code traefik.enable} is false; without a router it gets one by its name, without a service one to its
 * only port.
 */
final class TraefikFile {

    static final String PREFIX = "traefik.";
    private static final String ENABLE = "traefik.enable";
    private static final String OF_DOCKER = "traefik.docker.";

    /** Sections by protocol and sort, then by name. */
    private final SortedMap<String, SortedMap<String, SortedMap<String, Map<String, Object>>>> all = new TreeMap<>();

    private final Map<String, String> owners = new TreeMap<>();
    private final @Nullable String domain;
    private final Diagnostics diagnostics;

    TraefikFile(@Nullable String domain, Diagnostics diagnostics) {
        this.domain = domain;
        this.diagnostics = diagnostics;
    }

    void add(Need.OfDiscovery found) {
        SortedMap<String, Located<String>> labels = new TreeMap<>();
        found.labels().forEach((name, value) -> {
            if (name.toLowerCase(Locale.ROOT).startsWith(PREFIX)) {
                labels.put(name, value);
            }
        });
        Located<String> enable = labels.remove(ENABLE);
        if ((labels.isEmpty() && enable == null)
                || (enable != null && enable.value().equals("false"))) {
            return;
        }
        Complaint complaint = new Complaint(diagnostics, found.name());
        SortedMap<String, SortedMap<String, SortedMap<String, Map<String, Object>>>> own = new TreeMap<>();
        labels.forEach((name, value) -> {
            if (name.toLowerCase(Locale.ROOT).startsWith(OF_DOCKER)) {
                complaint.label(name, "it is about Docker's networks", value.span(), "Take it out.");
                return;
            }
            switch (TraefikOptions.option(name.substring(PREFIX.length()), value.value())) {
                case Parsed.Ok<TraefikOptions.Option>(TraefikOptions.Option option) -> put(own, option);
                case Parsed.Bad<TraefikOptions.Option>(String reason) ->
                    complaint.label(name, reason, value.span(), null);
            }
        });
        Span span =
                enable != null ? enable.span() : labels.firstEntry().getValue().span();
        if (own.isEmpty() || own.containsKey("http")) {
            http(own, found, complaint, span);
        }
        for (String protocol : List.of("tcp", "udp")) {
            if (own.containsKey(protocol)) {
                others(protocol, own, found, complaint, span);
            }
        }
        take(own, found, complaint, span);
    }

    private static SortedMap<String, Map<String, Object>> section(
            SortedMap<String, SortedMap<String, SortedMap<String, Map<String, Object>>>> own,
            String protocol,
            String sort) {
        return own.computeIfAbsent(protocol, key -> new TreeMap<>()).computeIfAbsent(sort, key -> new TreeMap<>());
    }

    /** Puts a value into its place; parts of a structure may come before or after the label that asks for it by {@code true}. */
    @SuppressWarnings("unchecked")
    private static void put(
            SortedMap<String, SortedMap<String, SortedMap<String, Map<String, Object>>>> own,
            TraefikOptions.Option option) {
        List<String> path = option.path();
        Map<String, Object> here =
                section(own, path.get(0), path.get(1)).computeIfAbsent(path.get(2), key -> new LinkedHashMap<>());
        for (int i = 3; i < path.size() - 1; i++) {
            String part = path.get(i);
            if (path.get(i + 1).matches("\\d{1,3}") && part.equals("domains")) {
                List<Object> list = (List<Object>) here.computeIfAbsent(part, key -> new ArrayList<>());
                int index = Integer.parseInt(path.get(++i));
                while (list.size() <= index) {
                    list.add(new LinkedHashMap<String, Object>());
                }
                here = (Map<String, Object>) list.get(index);
            } else {
                here = (Map<String, Object>) here.compute(
                        part, (key, there) -> there instanceof Map<?, ?> ? there : new LinkedHashMap<String, Object>());
            }
        }
        String last = path.getLast();
        boolean structure = option.value() instanceof Boolean
                && (last.equals("tls")
                        || last.equals("compress")
                        || last.equals("contentType")
                        || last.equals("sticky")
                        || last.equals("cookie"));
        if (!structure) {
            here.put(last, option.value());
        } else if (Boolean.TRUE.equals(option.value())) {
            here.putIfAbsent(last, new LinkedHashMap<String, Object>());
        }
    }

    private void http(
            SortedMap<String, SortedMap<String, SortedMap<String, Map<String, Object>>>> own,
            Need.OfDiscovery found,
            Complaint complaint,
            Span span) {
        SortedMap<String, Map<String, Object>> services = section(own, "http", "services");
        SortedMap<String, Map<String, Object>> routers = section(own, "http", "routers");
        String name = normalized(found.name());
        if (services.isEmpty()) {
            services.put(name, new LinkedHashMap<>());
        }
        if (routers.isEmpty()) {
            routers.put(name, new LinkedHashMap<>());
        }
        services.entrySet().removeIf(service -> {
            Map<String, Object> balancer = balancer(service.getValue());
            Map<String, Object> server = server(balancer);
            String url = text(server.get("url"));
            String port = port(server, found);
            String scheme = text(server.getOrDefault("scheme", "http"));
            if (url == null && (found.address() == null || port == null)) {
                unreachable(service.getKey(), complaint, span, found.address() == null);
                return true;
            }
            balancer.put(
                    "servers",
                    List.of(Map.of(
                            "url", url != null ? url : scheme + "://" + bracketed(found.address()) + ":" + port)));
            return false;
        });
        routers.entrySet().removeIf(router -> {
            router.getValue().putIfAbsent("rule", "Host(`" + name + (domain == null ? "" : "." + domain) + "`)");
            return served("http", router, services, complaint, span);
        });
    }

    private void others(
            String protocol,
            SortedMap<String, SortedMap<String, SortedMap<String, Map<String, Object>>>> own,
            Need.OfDiscovery found,
            Complaint complaint,
            Span span) {
        SortedMap<String, Map<String, Object>> services = section(own, protocol, "services");
        SortedMap<String, Map<String, Object>> routers = section(own, protocol, "routers");
        services.entrySet().removeIf(service -> {
            Map<String, Object> balancer = balancer(service.getValue());
            String port = port(server(balancer), found);
            if (found.address() == null || port == null) {
                unreachable(service.getKey(), complaint, span, found.address() == null);
                return true;
            }
            balancer.put("servers", List.of(Map.of("address", bracketed(found.address()) + ":" + port)));
            return false;
        });
        routers.entrySet().removeIf(router -> {
            if (protocol.equals("tcp") && !router.getValue().containsKey("rule")) {
                complaint.label(
                        PREFIX + "tcp.routers." + router.getKey() + ".*",
                        "a router for TCP needs a rule",
                        span,
                        "For every connection: traefik.tcp.routers." + router.getKey() + ".rule: HostSNI(`*`)");
                return true;
            }
            return served(protocol, router, services, complaint, span);
        });
    }

    /** Gives a router its service; true when there is none that it could mean. */
    private static boolean served(
            String protocol,
            Map.Entry<String, Map<String, Object>> router,
            Map<String, Map<String, Object>> services,
            Complaint complaint,
            Span span) {
        if (!router.getValue().containsKey("service") && services.size() == 1) {
            router.getValue().put("service", services.keySet().iterator().next());
        }
        if (router.getValue().containsKey("service")) {
            return false;
        }
        if (services.size() > 1) {
            complaint.label(
                    PREFIX + protocol + ".routers." + router.getKey() + ".*",
                    "there are " + services.size() + " services, and it does not say which it means",
                    span,
                    "Add " + PREFIX + protocol + ".routers." + router.getKey() + ".service: "
                            + String.join(" or ", services.keySet()));
        }
        return true;
    }

    private static void unreachable(String service, Complaint complaint, Span span, boolean address) {
        complaint.label(
                "traefik.… for the service " + service,
                address
                        ? "it has no address of its own that is known beforehand, since DHCP gives it one at each start"
                        : "it does not say which of its ports is meant",
                span,
                address
                        ? "Give it one: network: {ip: 192.168.1.50/24, gateway: …}; or name the server by a label:"
                                + " traefik.http.services." + service + ".loadbalancer.server.url: http://NAME:PORT"
                        : "Add traefik.http.services." + service + ".loadbalancer.server.port: PORT");
    }

    /** Routers, services and middlewares of one name, of two containers, would be one to Traefik. */
    private void take(
            SortedMap<String, SortedMap<String, SortedMap<String, Map<String, Object>>>> own,
            Need.OfDiscovery found,
            Complaint complaint,
            Span span) {
        own.forEach((protocol, sorts) -> sorts.forEach((sort, things) -> things.forEach((name, thing) -> {
            String owner = owners.putIfAbsent(protocol + "." + sort + "." + name, found.name());
            if (owner != null) {
                complaint.label(
                        PREFIX + protocol + "." + sort + "." + name + ".*",
                        "container " + owner + " has one of this name",
                        span,
                        "Give one of them another name.");
            } else {
                section(all, protocol, sort).put(name, thing);
            }
        })));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> balancer(Map<String, Object> service) {
        return (Map<String, Object>)
                service.computeIfAbsent("loadBalancer", key -> new LinkedHashMap<String, Object>());
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> server(Map<String, Object> balancer) {
        Object server = balancer.remove("server");
        return server instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
    }

    private static @Nullable String port(Map<String, Object> server, Need.OfDiscovery found) {
        String said = text(server.get("port"));
        return said != null ? said : found.ports().size() == 1 ? found.ports().getFirst() : null;
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }

    private static String bracketed(@Nullable String address) {
        return address != null && address.contains(":") ? "[" + address + "]" : String.valueOf(address);
    }

    /** As Traefik does it with names of containers. */
    private static String normalized(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
    }

    /** The file without its first line. Traefik takes no section that is empty. */
    String text() {
        Map<String, Object> file = new LinkedHashMap<>();
        all.forEach((protocol, sorts) -> {
            Map<String, Object> kept = new LinkedHashMap<>();
            sorts.forEach((sort, things) -> {
                if (!things.isEmpty()) {
                    kept.put(sort, things);
                }
            });
            if (!kept.isEmpty()) {
                file.put(protocol, kept);
            }
        });
        return file.isEmpty() ? "{}\n" : YamlText.of(file);
    }

    String entries() {
        long routers = owners.keySet().stream()
                .filter(each -> each.contains(".routers."))
                .count();
        return routers + (routers == 1 ? " router" : " routers");
    }
}
