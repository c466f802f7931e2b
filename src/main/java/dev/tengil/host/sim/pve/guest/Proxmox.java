package dev.tengil.host.sim.pve.guest;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonParser;
import dev.tengil.host.sim.World;
import dev.tengil.host.sim.pve.schema.DebianVersion;

/** Proxmox VE on one simulated machine: the world, and what Proxmox keeps in it. */
public final class Proxmox {

    /** The first pve-container that makes containers of OCI images. */
    public static final String FIRST_OCI = "6.0.15";

    private final World world;
    private final Storages storages;
    private final Guests guests;
    private final Tasks tasks;

    public Proxmox(World world) {
        this.world = world;
        this.storages = new Storages(world);
        this.guests = new Guests(world);
        this.tasks = new Tasks(world);
    }

    public World world() {
        return world;
    }

    public String node() {
        return world.node();
    }

    public Storages storages() {
        return storages;
    }

    public Guests guests() {
        return guests;
    }

    public Tasks tasks() {
        return tasks;
    }

    /** The installed version of a package, {@code 0} when it is not installed. */
    public String version(String pkg) {
        String version = world.texts("packages").get(pkg);
        return version == null ? "0" : version;
    }

    public boolean isInstalled(String pkg) {
        return world.texts("packages").contains(pkg);
    }

    /** Whether a package is installed in at least this version. */
    public boolean atLeast(String pkg, String version) {
        return isInstalled(pkg) && DebianVersion.compare(version(pkg), version) >= 0;
    }

    /** What the world's description says under a key; JSON null for nothing. */
    public JsonElement described(String key) {
        String text = world.texts("described").get(key);
        return text == null ? JsonNull.INSTANCE : JsonParser.parseString(text);
    }
}
