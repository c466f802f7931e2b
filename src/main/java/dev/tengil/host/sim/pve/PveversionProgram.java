package dev.tengil.host.sim.pve;

import dev.tengil.host.sim.Call;
import dev.tengil.host.sim.Program;
import dev.tengil.host.sim.pve.guest.Proxmox;
import java.util.List;

/** {@code pveversion [-v]}. */
final class PveversionProgram implements Program {

    @Override
    public int run(Call call) {
        Proxmox pve = new Proxmox(call.world());
        List<String> words = call.arguments();
        if (words.isEmpty()) {
            call.out(NodeRoutes.managerVersion(pve) + " (running kernel: " + NodeRoutes.KERNEL + ")");
            return 0;
        }
        if (!List.of("-v", "--verbose", "-verbose").contains(words.getFirst())) {
            return call.fail(
                    255,
                    "Unknown option: " + words.getFirst().replaceFirst("^-+", "")
                            + "\n400 unable to parse option\npveversion [--verbose]");
        }
        String release = pve.version("pve-manager").replaceFirst("^(\\d+\\.\\d+).*", "$1.0");
        call.out("proxmox-ve: " + release + " (running kernel: " + NodeRoutes.KERNEL + ")");
        call.out("pve-manager: " + pve.version("pve-manager") + " (running version: "
                + NodeRoutes.managerVersion(pve).substring("pve-manager/".length()) + ")");
        pve.world().texts("packages").rows().forEach((name, version) -> {
            if (!name.equals("pve-manager")) {
                call.out(name + ": " + version);
            }
        });
        return 0;
    }
}
