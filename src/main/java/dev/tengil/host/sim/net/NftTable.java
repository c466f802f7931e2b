package dev.tengil.host.sim.net;

import com.google.gson.Gson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A table of the packet filter: its chains with their rules, each rule in nft's own words. */
final class NftTable {

    /**
     * A chain.
     *
     * @param base {@code type nat hook prerouting priority dstnat; policy accept;}, empty for one that is only jumped to
     */
    record Chain(String base, List<String> rules) {}

    private final Map<String, Chain> chains;

    NftTable() {
        this(new LinkedHashMap<>());
    }

    private NftTable(Map<String, Chain> chains) {
        this.chains = chains;
    }

    Map<String, Chain> chains() {
        return chains;
    }

    /** A chain of this name, made when it is not there; a base that is given becomes its own. */
    Chain chain(String name, String base) {
        Chain before = chains.get(name);
        Chain chain = new Chain(
                base.isEmpty() && before != null ? before.base() : base,
                before == null ? new ArrayList<>() : before.rules());
        chains.put(name, chain);
        return chain;
    }

    void flush() {
        chains.values().forEach(chain -> chain.rules().clear());
    }

    String encode() {
        return new Gson().toJson(chains);
    }

    static NftTable decode(String text) {
        var type = new com.google.gson.reflect.TypeToken<LinkedHashMap<String, Chain>>() {}.getType();
        Map<String, Chain> chains = new Gson().fromJson(text, type);
        return new NftTable(chains);
    }

    /** As {@code nft list table} prints it. */
    String print(String familyAndName) {
        StringBuilder out = new StringBuilder("table " + familyAndName + " {\n");
        boolean first = true;
        for (Map.Entry<String, Chain> each : chains.entrySet()) {
            out.append(first ? "" : "\n")
                    .append("\tchain ")
                    .append(each.getKey())
                    .append(" {\n");
            if (!each.getValue().base().isEmpty()) {
                out.append("\t\t").append(each.getValue().base()).append('\n');
            }
            each.getValue()
                    .rules()
                    .forEach(rule -> out.append("\t\t").append(rule).append('\n'));
            out.append("\t}\n");
            first = false;
        }
        return out.append("}\n").toString();
    }
}
