package dev.tengil.host.sim.pve;

import dev.tengil.host.sim.Call;
import dev.tengil.host.sim.Program;
import dev.tengil.host.sim.Programs;
import java.util.LinkedHashMap;
import java.util.Map;

/** The programs that Proxmox brings, flock and perl; on a machine without Proxmox they are not there. */
public final class ProxmoxPrograms {

    private static final int NOT_FOUND = 127;

    private ProxmoxPrograms() {}

    /** By name. */
    public static Map<String, Program> all(Programs programs) {
        Api api = new Api();
        Map<String, Program> all = new LinkedHashMap<>();
        all.put("pvesh", proxmoxOnly(new PveshProgram(api)));
        all.put("pct", proxmoxOnly(new PctProgram(api)));
        all.put("pveam", proxmoxOnly(new PveamProgram()));
        all.put("pvesm", proxmoxOnly(new PvesmProgram(api)));
        all.put("pveversion", proxmoxOnly(new PveversionProgram()));
        Program skopeo = new SkopeoProgram();
        all.put(
                "skopeo",
                call -> call.world().texts("packages").contains("skopeo") ? skopeo.run(call) : notFound(call));
        all.put("perl", new PerlProgram(programs));
        all.put("wget", proxmoxOnly(new WgetProgram()));
        all.put("bash", new KnockProgram());
        all.put("flock", new FlockProgram(programs));
        return all;
    }

    private static Program proxmoxOnly(Program program) {
        return call -> "true".equals(call.world().fact("proxmox")) ? program.run(call) : notFound(call);
    }

    private static int notFound(Call call) {
        return call.fail(NOT_FOUND, call.argv().getFirst() + ": command not found");
    }
}
