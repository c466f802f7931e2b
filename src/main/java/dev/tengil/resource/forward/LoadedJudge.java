package dev.tengil.resource.forward;

import dev.tengil.host.Result;
import dev.tengil.resource.Judge;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether {@code nft list table} shows every forward: a unit may have been loaded and done nothing. */
record LoadedJudge(List<String> expected) implements Judge {

    static LoadedJudge of(Collection<Forward> forwards) {
        return new LoadedJudge(forwards.stream()
                .map(each -> each.protocol() + " dport " + each.port() + " dnat to "
                        + each.v4().address() + ":" + each.inside())
                .toList());
    }

    @Override
    public @Nullable String problem(Result result) {
        return expected.stream()
                .filter(each -> !result.out().contains(each + "\n"))
                .findFirst()
                .map(each -> "the node does not forward: " + each)
                .orElse(null);
    }
}
