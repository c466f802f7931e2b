package dev.tengil.host.sim.pve;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.tengil.host.Bytes;
import dev.tengil.host.sim.World;
import dev.tengil.host.sim.pve.guest.DescribedGuest;
import dev.tengil.host.sim.pve.guest.Proxmox;
import dev.tengil.host.sim.pve.guest.Storage;

/**
 * Puts into a new world what its description says of Proxmox:
 *
 * <pre>
 * bridges:   {vmbr0: {cidr: 192.168.1.10/24, gateway: 192.168.1.1, ports: eno1, dhcp: true}}
 * templates: {available: [FILE…], downloaded: {local: [FILE…]}}
 * images:    {redis:7: {config: {Env: […], Entrypoint: […]}, os: debian, access: open|login|unreachable, size: 40M}}
 * registries: {ghcr.io: {password: …}}
 * containers: {101: {conf: "hostname: old\n…", running: true}}
 * </pre>
 */
public final class ProxmoxDescription {

    private ProxmoxDescription() {}

    public static void settle(World world) {
        if (!"true".equals(world.fact("proxmox"))) {
            return;
        }
        Proxmox pve = new Proxmox(world);
        if (pve.described("templates") instanceof JsonObject templates
                && templates.get("downloaded") instanceof JsonObject storages) {
            storages.asMap().forEach((id, files) -> {
                Storage storage = pve.storages().find(id);
                if (storage != null && files instanceof JsonArray list) {
                    list.forEach(file -> Templates.put(pve, storage, file.getAsString(), 120L << 20));
                }
            });
        }
        JsonElement containers = pve.described("containers");
        if (containers instanceof JsonObject object) {
            object.asMap().forEach((vmid, value) -> {
                JsonObject entry = value instanceof JsonObject given ? given : new JsonObject();
                String conf = entry.has("conf") ? entry.get("conf").getAsString() : "hostname: CT" + vmid + "\n";
                boolean running = entry.has("running") && entry.get("running").getAsBoolean();
                DescribedGuest.settle(pve, Integer.parseInt(vmid), Bytes.utf8(conf), running);
            });
        }
    }
}
