package dev.tengil.host.sim.pve;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import dev.tengil.host.sim.pve.guest.GuestChange;
import dev.tengil.host.sim.pve.guest.GuestClone;
import dev.tengil.host.sim.pve.guest.GuestCreate;
import dev.tengil.host.sim.pve.guest.GuestDestroy;
import dev.tengil.host.sim.pve.guest.GuestMove;
import dev.tengil.host.sim.pve.guest.GuestResize;
import dev.tengil.host.sim.pve.guest.GuestSnapshots;
import dev.tengil.host.sim.pve.guest.GuestStart;
import dev.tengil.host.sim.pve.guest.GuestStop;
import dev.tengil.host.sim.pve.schema.Format;
import dev.tengil.host.sim.pve.schema.GuestOptions;
import dev.tengil.host.sim.pve.schema.Parameters;
import dev.tengil.host.sim.pve.schema.Property;
import dev.tengil.host.sim.pve.schema.Type;
import java.util.ArrayList;
import java.util.List;

/** The endpoints of containers. */
final class GuestRoutes {

    static final String GUESTS = "/nodes/{node}/lxc";
    private static final String GUEST = GUESTS + "/{vmid}";
    private static final Type BOOL = new Type.Bool();
    private static final Type SNAPSHOT = new Type.Formatted(Format.CONFIG_ID, 40);
    private static final Property SKIPLOCK = Property.optional("skiplock", BOOL);

    static final Parameters CREATE = plus(
            Property.required("vmid", new Type.Formatted(Format.VMID, 0)),
            Property.required("ostemplate", new Type.Text(255)),
            Property.optional("storage", Type.of(Format.STORAGE_ID)),
            Property.optional("start", BOOL),
            Property.optional("password", new Type.Text(5, 0)),
            Property.optional("ssh-public-keys", new Type.Text(0)),
            Property.optional("pool", Type.of(Format.POOL_ID)),
            Property.optional("force", BOOL),
            Property.optional("restore", BOOL),
            Property.optional("unique", BOOL),
            Property.optional("bwlimit", new Type.Num(0L, null)),
            Property.optional("ignore-unpack-errors", BOOL),
            Property.optional("ha-managed", BOOL).since("6.0.14"));

    static final Parameters CHANGE = plus(
            Property.optional("delete", new Type.ListOf(Format.CONFIG_ID)),
            Property.optional("revert", new Type.ListOf(Format.CONFIG_ID)),
            Property.optional("digest", new Type.Text(40)));

    private GuestRoutes() {}

    private static Parameters plus(Property... more) {
        List<Property> all = new ArrayList<>(GuestOptions.CONFIG);
        all.addAll(List.of(more));
        return new Parameters(all);
    }

    static List<Route> all() {
        return List.of(
                Route.of(Verb.GET, GUESTS, GuestRoutes::list),
                Route.of(Verb.CREATE, GUESTS, GuestRoutes::create, CREATE),
                Route.of(
                        Verb.DELETE,
                        GUEST,
                        GuestRoutes::destroy,
                        Property.optional("force", BOOL),
                        Property.optional("purge", BOOL),
                        Property.optional("destroy-unreferenced-disks", BOOL)),
                Route.of(
                        Verb.GET,
                        GUEST + "/config",
                        request -> new Answer.Data(GuestViews.config(
                                request.pve(),
                                request.vmid(),
                                request.isOn("current"),
                                request.option("snapshot", ""))),
                        Property.optional("current", BOOL),
                        Property.optional("snapshot", SNAPSHOT)),
                Route.of(Verb.SET, GUEST + "/config", GuestRoutes::change, CHANGE),
                Route.of(
                        Verb.GET,
                        GUEST + "/pending",
                        request -> new Answer.Data(GuestViews.pending(request.pve(), request.vmid()))),
                Route.of(Verb.GET, GUEST + "/status/current", GuestRoutes::status),
                Route.of(
                        Verb.CREATE,
                        GUEST + "/status/start",
                        request -> new Answer.Worker(new GuestStart(request.pve(), request.vmid()).run()),
                        SKIPLOCK,
                        Property.optional("debug", BOOL)),
                Route.of(
                        Verb.CREATE,
                        GUEST + "/status/stop",
                        request -> new Answer.Worker(new GuestStop(request.pve(), request.vmid()).stop()),
                        SKIPLOCK,
                        Property.optional("overrule-shutdown", BOOL)),
                Route.of(
                        Verb.CREATE,
                        GUEST + "/status/shutdown",
                        request -> new Answer.Worker(new GuestStop(request.pve(), request.vmid())
                                .shutdown(
                                        Integer.parseInt(request.option("timeout", "60")), request.isOn("forceStop"))),
                        Property.optional("timeout", Type.integer(0)),
                        Property.optional("forceStop", BOOL)),
                Route.of(
                        Verb.CREATE,
                        GUEST + "/status/reboot",
                        request -> new Answer.Worker(new GuestStop(request.pve(), request.vmid()).reboot()),
                        Property.optional("timeout", Type.integer(0))),
                Route.of(Verb.GET, GUEST + "/interfaces", GuestRoutes::interfaces),
                Route.of(
                        Verb.SET,
                        GUEST + "/resize",
                        request -> new Answer.Worker(new GuestResize(request.pve(), request.vmid())
                                .run(
                                        request.option("disk", ""),
                                        request.option("size", ""),
                                        request.option("digest", ""))),
                        Property.required(
                                "disk",
                                new Type.Matching("rootfs|mp(?:[0-9]|[1-9][0-9]|1[0-9]{2}|2[0-4][0-9]|25[0-5])")),
                        Property.required("size", new Type.Matching("\\+?\\d+(?:\\.\\d+)?[KMGT]?")),
                        Property.optional("digest", new Type.Text(40))),
                Route.of(
                        Verb.GET,
                        GUEST + "/snapshot",
                        request -> new Answer.Data(new GuestSnapshots(request.pve(), request.vmid()).list())),
                Route.of(
                        Verb.CREATE,
                        GUEST + "/snapshot",
                        request -> new Answer.Worker(new GuestSnapshots(request.pve(), request.vmid())
                                .create(request.option("snapname", ""), request.option("description", ""))),
                        Property.required("snapname", SNAPSHOT),
                        Property.optional("description", new Type.Text(0))),
                Route.of(
                        Verb.DELETE,
                        GUEST + "/snapshot/{snapname}",
                        request -> new Answer.Worker(new GuestSnapshots(request.pve(), request.vmid())
                                .delete(request.path().getOrDefault("snapname", ""), request.isOn("force"))),
                        Property.optional("force", BOOL)),
                Route.of(
                        Verb.CREATE,
                        GUEST + "/snapshot/{snapname}/rollback",
                        request -> new Answer.Worker(new GuestSnapshots(request.pve(), request.vmid())
                                .rollback(request.path().getOrDefault("snapname", ""), request.isOn("start"))),
                        Property.optional("start", BOOL)),
                Route.of(
                        Verb.CREATE,
                        GUEST + "/clone",
                        request -> new Answer.Worker(new GuestClone(request.pve(), request.vmid())
                                .run(Integer.parseInt(request.option("newid", "0")), request.bytes())),
                        Property.required("newid", Type.of(Format.VMID)),
                        Property.optional("bwlimit", new Type.Num(0L, null)),
                        Property.optional("description", new Type.Text(0)),
                        Property.optional("full", BOOL),
                        Property.optional("hostname", Type.of(Format.DNS_NAME)),
                        Property.optional("pool", Type.of(Format.POOL_ID)),
                        Property.optional("snapname", SNAPSHOT),
                        Property.optional("storage", Type.of(Format.STORAGE_ID)),
                        Property.optional("target", Type.of(Format.NODE))),
                Route.of(
                        Verb.CREATE,
                        GUEST + "/move_volume",
                        request -> new Answer.Worker(new GuestMove(request.pve(), request.vmid())
                                .run(request.option("volume", ""), request.bytes())),
                        Property.required("volume", new Type.OneOf(VOLUMES)),
                        Property.optional("bwlimit", new Type.Num(0L, null)),
                        Property.optional("delete", BOOL),
                        Property.optional("digest", new Type.Text(40)),
                        Property.optional("storage", Type.of(Format.STORAGE_ID)),
                        Property.optional("target-digest", new Type.Text(40)),
                        Property.optional("target-vmid", Type.of(Format.VMID)),
                        Property.optional("target-volume", new Type.OneOf(VOLUMES))),
                Route.of(
                        Verb.GET,
                        GUEST + "/feature",
                        GuestRoutes::feature,
                        Property.required("feature", Type.oneOf("snapshot", "clone", "copy")),
                        Property.optional("snapname", SNAPSHOT)),
                Route.of(Verb.CREATE, GUEST + "/template", GuestRoutes::template));
    }

    private static final List<String> VOLUMES = volumes();

    private static List<String> volumes() {
        List<String> all = new ArrayList<>(List.of("rootfs"));
        for (String family : List.of("mp", "unused")) {
            for (int i = 0; i < 256; i++) {
                all.add(family + i);
            }
        }
        return List.copyOf(all);
    }

    /** Whether every volume can do it; what is bound from the host can do none of it. */
    private static Answer feature(Request request) {
        JsonObject answer = new JsonObject();
        boolean can = new GuestSnapshots(request.pve(), request.vmid()).isAvailable();
        answer.addProperty("hasFeature", can ? 1 : 0);
        return new Answer.Data(answer);
    }

    private static Answer template(Request request) {
        new GuestSnapshots(request.pve(), request.vmid()).makeTemplate();
        return new Answer.Nothing();
    }

    private static Answer list(Request request) {
        JsonArray all = new JsonArray();
        request.pve().guests().all().forEach(vmid -> all.add(GuestViews.status(request.pve(), vmid)));
        return new Answer.Data(all);
    }

    private static Answer create(Request request) {
        return new Answer.Worker(new GuestCreate(request.pve(), request.vmid(), request.bytes()).run());
    }

    private static Answer destroy(Request request) {
        return new Answer.Worker(new GuestDestroy(request.pve(), request.vmid())
                .run(request.isOn("force"), request.isOn("destroy-unreferenced-disks")));
    }

    private static Answer change(Request request) {
        GuestChange change = new GuestChange(request.pve(), request.vmid());
        try {
            change.run(request.bytes());
        } finally {
            change.warnings().forEach(request.stderr());
        }
        return new Answer.Nothing();
    }

    private static Answer status(Request request) {
        JsonObject status = GuestViews.status(request.pve(), request.vmid());
        JsonObject ha = new JsonObject();
        ha.addProperty("managed", 0);
        status.add("ha", ha);
        return new Answer.Data(status);
    }

    private static Answer interfaces(Request request) {
        request.pve().guests().load(request.vmid());
        return new Answer.Data(
                request.pve().guests().isRunning(request.vmid())
                        ? GuestViews.interfaces(request.pve(), request.vmid())
                        : JsonNull.INSTANCE);
    }
}
