package dev.tengil.host.sim.pve;

import dev.tengil.host.Bytes;
import dev.tengil.host.sim.pve.guest.Proxmox;
import dev.tengil.host.sim.pve.guest.PveFailure;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * One call of the API.
 *
 * @param path values of the path's placeholders
 * @param options the other parameters, verified
 * @param stderr where warnings go
 */
record Request(Proxmox pve, Map<String, String> path, Map<String, String> options, Consumer<String> stderr) {

    int vmid() {
        String text = path.getOrDefault("vmid", options.getOrDefault("vmid", ""));
        if (!text.matches("[1-9][0-9]{2,8}")) {
            throw PveFailure.parameter("vmid", "invalid format - value does not look like a valid VM ID\n");
        }
        return Integer.parseInt(text);
    }

    String option(String name, String otherwise) {
        return options.getOrDefault(name, otherwise);
    }

    boolean isOn(String name) {
        return option(name, "0").equals("1");
    }

    /** The options as config files hold them: bytes of UTF-8, each a character. */
    Map<String, String> bytes() {
        Map<String, String> bytes = new LinkedHashMap<>();
        options.forEach((name, value) -> bytes.put(name, Bytes.utf8(value).latin1()));
        return bytes;
    }
}
