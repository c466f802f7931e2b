package dev.tengil.resource.nfs;

import dev.tengil.host.Result;
import dev.tengil.resource.Judge;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code exportfs -s} back: every export of ours must be in force. {@code exportfs -ra} exits 0 for hosts it cannot resolve. */
record ExportedJudge(List<String> expected) implements Judge {

    /** {@code PATH CLIENT} of each. */
    static ExportedJudge of(List<NfsExport> exports) {
        return new ExportedJudge(exports.stream()
                .flatMap(export -> export.clients().keySet().stream().map(client -> export.path() + " " + client))
                .toList());
    }

    @Override
    public @Nullable String problem(Result result) {
        Set<String> inForce = new HashSet<>();
        for (String line : result.out().lines().toList()) {
            String[] words = line.split("\\s+", 2);
            if (words.length == 2 && words[1].contains("(")) {
                inForce.add(ExportsFile.unescaped(words[0]) + " " + words[1].substring(0, words[1].indexOf('(')));
            }
        }
        return expected.stream()
                .filter(each -> !inForce.contains(each))
                .findFirst()
                .map(each -> "the export " + each.replace(" ", " to ") + " is not in force")
                .orElse(null);
    }
}
