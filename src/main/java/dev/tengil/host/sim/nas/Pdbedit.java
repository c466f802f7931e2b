package dev.tengil.host.sim.nas;

import dev.tengil.host.sim.Call;
import dev.tengil.host.sim.Program;
import java.util.List;

/** {@code pdbedit -L}. */
final class Pdbedit implements Program {

    @Override
    public int run(Call call) {
        if (!call.arguments().equals(List.of("-L"))) {
            return call.fail(1, "Usage: pdbedit [OPTION...]");
        }
        for (String name : call.world().texts("smbpasswd").rows().keySet()) {
            String uid = Lines.of(call.world().disk(), "/etc/passwd").stream()
                    .filter(line -> line.startsWith(name + ":"))
                    .map(line -> line.split(":", -1)[2])
                    .findFirst()
                    .orElse("4294967295");
            call.out(name + ":" + uid + ":");
        }
        return 0;
    }
}
