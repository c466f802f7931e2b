package dev.tengil.host.sim.nas;

import dev.tengil.host.sim.Call;
import dev.tengil.host.sim.Program;
import dev.tengil.host.sim.Programs;
import dev.tengil.host.sim.net.NftProgram;
import dev.tengil.host.sim.net.SsProgram;
import java.util.LinkedHashMap;
import java.util.Map;

/** All of them by name. A program of a package that is not installed is not found. */
public final class NasPrograms {

    private static final int NOT_FOUND = 127;

    private NasPrograms() {}

    public static Map<String, Program> all(Programs programs) {
        Map<String, Program> all = new LinkedHashMap<>();
        all.put("env", new Env(programs));
        all.put("dpkg-query", new DpkgQuery());
        all.put("apt-get", new AptGet());
        all.put("getent", new Getent());
        all.put("useradd", new Useradd());
        all.put("groupadd", new Groupadd());
        all.put("usermod", new Usermod());
        all.put("gpasswd", new Gpasswd());
        all.put("systemctl", new Systemctl(programs));
        all.put("journalctl", new Journalctl());
        all.put("nft", of("nftables", new NftProgram()));
        all.put("ss", new SsProgram());
        all.put("testparm", of("samba", new Testparm()));
        all.put("smbcontrol", of("samba", NasPrograms::smbcontrol));
        all.put("smbpasswd", of("samba", new Smbpasswd()));
        all.put("pdbedit", of("samba", new Pdbedit()));
        all.put("exportfs", of("nfs-kernel-server", new Exportfs()));
        return all;
    }

    private static Program of(String pkg, Program program) {
        return call -> call.world().texts("packages").contains(pkg)
                ? program.run(call)
                : call.fail(NOT_FOUND, call.argv().getFirst() + ": command not found");
    }

    private static int smbcontrol(Call call) {
        if (call.arguments().size() < 2) {
            return call.fail(1, "Usage: smbcontrol [OPTION...] <destination> <message-type> <parameters>");
        }
        String message = call.arguments().get(1);
        return message.equals("reload-config") ? 0 : call.fail(1, "smbcontrol: unknown command '" + message + "'");
    }
}
