package dev.tengil.check;

import dev.tengil.model.Diagnostic;
import dev.tengil.resource.container.Container;
import java.util.List;

/** Processors are shared without harm; only a manifold of what the host has is worth a word. */
final class Cores implements Rule {
    private static final int USUAL = 4;

    @Override
    public List<Diagnostic> check(Preflight preflight) {
        int host = preflight.facts().node().cpus();
        int promised = preflight.containers().stream()
                .filter(preflight::willRun)
                .mapToInt(Cores::of)
                .sum();
        if (host <= 0 || promised <= USUAL * host) {
            return List.of();
        }
        return List.of(Diagnostic.warning(
                        "host.cores-overcommitted",
                        "the containers of the file may use " + promised + " processors together, and the host has "
                                + host)
                .help("They share them, so nothing fails; but when several work hard at once, all become slow."));
    }

    private static int of(Container container) {
        String cores = container.options().getOrDefault("cores", "0");
        return cores.matches("\\d{1,4}") ? Integer.parseInt(cores) : 0;
    }
}
