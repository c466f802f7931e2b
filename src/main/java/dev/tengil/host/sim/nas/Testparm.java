package dev.tengil.host.sim.nas;

import dev.tengil.host.sim.Call;
import dev.tengil.host.sim.Program;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** {@code testparm -s [FILE]}: prints what differs from Samba's defaults, complains on standard error, and exits 0 unless nothing could be loaded. */
final class Testparm implements Program {

    @Override
    public int run(Call call) {
        List<String> files =
                call.arguments().stream().filter(word -> !word.startsWith("-")).toList();
        String path = files.isEmpty() ? "/etc/samba/smb.conf" : files.getFirst();
        call.err("Load smb config files from " + path);
        if (call.world().disk().follow(path) == null) {
            return call.fail(1, "Error loading services.");
        }
        SmbConfig config = SmbConfig.read(call.world().disk(), path);
        config.complaints().forEach(call::err);
        if (!config.loaded()) {
            return call.fail(1, "Error loading services.");
        }
        call.err("Loaded services file OK.");
        call.err("Weak crypto is allowed by GnuTLS (e.g. NTLM as a compatibility fallback)");
        call.err("");
        String parameter = value(call, "--parameter-name=");
        if (!parameter.isEmpty()) {
            return one(call, config, value(call, "--section-name="), parameter);
        }
        call.err("Server role: ROLE_STANDALONE");
        call.err("");
        call.out("# Global parameters");
        config.sections().forEach((name, parameters) -> {
            if (!name.equals("global")) {
                call.out("");
                call.out("");
            }
            call.out("[" + name + "]");
            print(call, name.equals("global"), parameters);
        });
        return 0;
    }

    private static String value(Call call, String option) {
        return call.arguments().stream()
                .filter(word -> word.startsWith(option))
                .map(word -> word.substring(option.length()))
                .findFirst()
                .orElse("");
    }

    /** What one parameter is, in a section or in [global]. */
    private static int one(Call call, SmbConfig config, String named, String parameter) {
        String section = named.isEmpty() ? "global" : named;
        Map<String, String> parameters = config.sections().get(section);
        if (parameters == null) {
            return call.fail(1, "Unknown section: " + section);
        }
        String value = parameters.get(parameter);
        String usual = ofItself(parameter);
        if (value == null && usual == null) {
            return call.fail(1, "Unknown parameter encountered: \"" + parameter + "\"");
        }
        call.out(value == null ? String.valueOf(usual) : value);
        return 0;
    }

    /** Samba's own parameters by name, then those of modules with the latest first; what [global] includes comes last. */
    private static void print(Call call, boolean global, Map<String, String> parameters) {
        new TreeMap<>(parameters).forEach((key, value) -> {
            if (!ofModule(key)
                    && !(global && key.equals("include"))
                    && !value.isEmpty()
                    && !value.equals(ofItself(key))) {
                call.out("\t" + key + " = " + value);
            }
        });
        List<String> keys = new ArrayList<>(parameters.keySet());
        for (String key : keys.reversed()) {
            if (ofModule(key)) {
                call.out("\t" + key + " = " + parameters.get(key));
            }
        }
        String included = parameters.get("include");
        if (global && included != null) {
            call.out("\tinclude = " + included);
        }
    }

    private static @Nullable String ofItself(String key) {
        return key.equals("workgroup") ? "WORKGROUP" : ShareParameters.ofItself(key);
    }

    private static boolean ofModule(String key) {
        return key.indexOf(':') >= 0;
    }
}
