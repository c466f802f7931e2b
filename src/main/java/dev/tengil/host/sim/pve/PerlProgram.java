package dev.tengil.host.sim.pve;

import dev.tengil.host.Bytes;
import dev.tengil.host.ImagePull;
import dev.tengil.host.sim.Call;
import dev.tengil.host.sim.Program;
import dev.tengil.host.sim.Programs;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;

/** {@code perl}, of which only {@link ImagePull#SCRIPT} is known, by its very words. */
final class PerlProgram implements Program {

    private static final int BEFORE_WORDS = 5;

    private final Programs programs;

    PerlProgram(Programs programs) {
        this.programs = programs;
    }

    @Override
    public int run(Call call) {
        List<String> words = call.arguments();
        if (words.size() <= BEFORE_WORDS || !words.get(1).equals(ImagePull.SCRIPT)) {
            return call.fail(2, "perl: the simulated host does not know this");
        }
        Iterator<String> lines = call.stdin().text().lines().iterator();
        String login = "/run/tengil-login-" + (1000 + call.world().next("pid"));
        String work = words.get(BEFORE_WORDS - 2);
        String of = words.get(BEFORE_WORDS - 1);
        String certificates = work + "/certificates";
        List<String> more = new ArrayList<>();
        String logins = line(lines);
        if (!logins.isEmpty()) {
            call.world().disk().write(login, Bytes.utf8(logins), 0600);
            more.addAll(List.of(of + "authfile", login));
        }
        int exit = 1;
        for (List<String> place : places(words.subList(BEFORE_WORDS, words.size()))) {
            List<String> skopeo = new ArrayList<>(place);
            skopeo.addAll(more);
            String trusted = line(lines);
            if (!trusted.isEmpty()) {
                call.world().disk().mkdirs(certificates, 0700);
                call.world().disk().write(certificates + "/ca.crt", Bytes.utf8(trusted), 0600);
                skopeo.addAll(List.of(of + "cert-dir", certificates));
            }
            exit = call.exec(programs, skopeo, Bytes.EMPTY);
            if (exit == 0) {
                break;
            }
        }
        for (String left : List.of(login, certificates + "/ca.crt", certificates, work)) {
            if (call.world().disk().get(left) != null) {
                call.world().disk().remove(left);
            }
        }
        return exit;
    }

    private static List<List<String>> places(List<String> words) {
        List<List<String>> places = new ArrayList<>(List.of(new ArrayList<>()));
        for (String word : words) {
            if (word.equals("--or")) {
                places.add(new ArrayList<>());
            } else {
                places.getLast().add(word);
            }
        }
        return places;
    }

    private static String line(Iterator<String> lines) {
        return lines.hasNext() ? new String(HexFormat.of().parseHex(lines.next()), StandardCharsets.UTF_8) : "";
    }
}
