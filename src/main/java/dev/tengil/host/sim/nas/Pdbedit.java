package dev.tengil.host.sim.nas;

import dev.tengil.host.sim.Call;
import dev.tengil.host.sim.Program;
import java.util.List;

/** {@code pdbedit -L [-u NAME]}. */
final class Pdbedit implements Program {

    private static final int NOT_FOUND = 255;

    @Override
    public int run(Call call) {
        List<String> words = call.arguments();
        if (words.equals(List.of("-Lw"))) {
            call.world()
                    .texts("smbpasswd")
                    .rows()
                    .forEach((name, hash) -> call.out(name + ":" + account(call, name)[2] + ":"
                            + "X".repeat(32) + ":" + hash.substring(0, 32).toUpperCase(java.util.Locale.ROOT)
                            + ":[U          ]:LCT-00000000:"));
            return 0;
        }
        boolean one = words.size() == 3 && words.get(1).equals("-u");
        if (words.isEmpty() || !words.getFirst().equals("-L") || (words.size() > 1 && !one)) {
            return call.fail(1, "Usage: pdbedit [OPTION...]");
        }
        if (one && !call.world().texts("smbpasswd").contains(words.getLast())) {
            return call.fail(NOT_FOUND, "Username not found!");
        }
        for (String name : call.world().texts("smbpasswd").rows().keySet()) {
            if (!one || name.equals(words.getLast())) {
                entry(call, name);
            }
        }
        return 0;
    }

    /** The number is looked up; the full name is the one that the account had when it got its password. */
    private static void entry(Call call, String name) {
        String called = call.world().texts("smbname").get(name);
        String[] account = account(call, name);
        call.out(name + ":" + account[2] + ":" + (called == null ? account[4] : called));
    }

    private static String[] account(Call call, String name) {
        return Lines.of(call.world().disk(), "/etc/passwd").stream()
                .filter(line -> line.startsWith(name + ":"))
                .findFirst()
                .orElse("::4294967295:::")
                .split(":", -1);
    }
}
