package dev.tengil.host.sim.nas;

import dev.tengil.host.sim.Call;
import dev.tengil.host.sim.Program;
import java.util.List;
import java.util.Map;

/** {@code testparm -s [FILE]}: prints what differs from Samba's defaults, complains on standard error, and exits 0 all the same. */
final class Testparm implements Program {

    private static final Map<String, String> DEFAULTS = Map.of(
            "read only", "Yes",
            "guest ok", "No",
            "browseable", "Yes",
            "printable", "No",
            "inherit acls", "No",
            "available", "Yes",
            "workgroup", "WORKGROUP",
            "create mask", "0744",
            "directory mask", "0755");

    @Override
    public int run(Call call) {
        List<String> files =
                call.arguments().stream().filter(word -> !word.startsWith("-")).toList();
        String path = files.isEmpty() ? "/etc/samba/smb.conf" : files.getFirst();
        call.err("Load smb config files from " + path);
        if (call.world().disk().follow(path) == null) {
            call.err("rlimit_max: increasing rlimit_max (1024) to minimum Windows limit (16384)");
            return call.fail(1, "Error loading services.");
        }
        SmbConfig config = SmbConfig.read(call.world().disk(), path);
        config.complaints().forEach(call::err);
        call.err("Loaded services file OK.");
        call.err("Weak crypto is allowed by GnuTLS (e.g. NTLM as a compatibility fallback)");
        call.err("");
        call.err("Server role: ROLE_STANDALONE");
        call.err("");
        call.out("# Global parameters");
        config.sections().forEach((name, parameters) -> {
            if (!name.equals("global")) {
                call.out("");
                call.out("");
            }
            call.out("[" + name + "]");
            parameters.forEach((key, value) -> {
                if (!value.equals(DEFAULTS.get(key))) {
                    call.out("\t" + key + " = " + value);
                }
            });
            if (name.equals("global")) {
                call.out("\tidmap config * : backend = tdb");
            }
        });
        return 0;
    }
}
