package dev.tengil.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.tengil.host.Command;
import dev.tengil.host.Host;
import dev.tengil.host.HostException;
import dev.tengil.host.Result;
import dev.tengil.model.VmId;
import dev.tengil.plan.Desired;
import dev.tengil.resource.container.Container;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Where the apps of the containers are to be found: their real addresses, asked of Proxmox. */
final class Services {

    private Services() {}

    /** The address of a running container; null when it has none or does not run. */
    static @Nullable String address(Host host, VmId vmid) throws HostException {
        Result result = host.run(Command.reads(
                "pvesh", "get", "/nodes/localhost/lxc/" + vmid + "/interfaces", "--output-format", "json"));
        if (result.exit() != 0) {
            return null;
        }
        try {
            JsonElement json = JsonParser.parseString(result.out());
            for (JsonElement each : json instanceof JsonArray array ? array : new JsonArray()) {
                JsonObject card = each.getAsJsonObject();
                if (!card.get("name").getAsString().equals("lo") && card.has("inet")) {
                    String inet = card.get("inet").getAsString();
                    return inet.contains("/") ? inet.substring(0, inet.indexOf('/')) : inet;
                }
            }
            return null;
        } catch (JsonParseException | IllegalStateException | NullPointerException e) {
            return null;
        }
    }

    /** A line per container with its address and the URLs of its declared ports; empty when there are no containers. */
    static String text(Host host, Desired desired) {
        List<Container> containers = desired.of(Container.class);
        Map<String, Future<@Nullable String>> asked = new TreeMap<>();
        StringBuilder out = new StringBuilder();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Container container : containers) {
                asked.put(container.name(), threads.submit(() -> address(host, container.vmid())));
            }
            for (Container container : containers) {
                Future<@Nullable String> answer = asked.get(container.name());
                String address = answer == null ? null : await(answer);
                out.append("  ")
                        .append(container.name())
                        .append("  ")
                        .append(address == null ? "not running" : String.join("  ", urls(container, address)))
                        .append('\n');
            }
        }
        return out.isEmpty() ? "" : "\n" + out;
    }

    private static @Nullable String await(Future<@Nullable String> answer) {
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
    static List<String> urls(Container container, String address) {
        List<String> urls = new ArrayList<>();
        for (String port : container.choices().getOrDefault("ports", "").split(",", -1)) {
            if (port.matches("\\d+(/tcp)?")) {
                String number = port.replace("/tcp", "");
                String scheme = number.equals("443") || number.equals("8443") ? "https" : "http";
                boolean usual = number.equals("80") || number.equals("443");
                urls.add(scheme + "://" + address + (usual ? "" : ":" + number));
            }
        }
        return urls.isEmpty() ? List.of(address) : urls;
    }
}
