package dev.tengil.resource.dataset;

import dev.tengil.model.DatasetName;
import dev.tengil.model.Diagnostic;
import dev.tengil.model.Diagnostics;
import dev.tengil.resource.FieldValue;
import dev.tengil.resource.facts.Dataset;
import dev.tengil.resource.facts.Facts;
import dev.tengil.resource.facts.Pool;
import java.util.SortedMap;

/**
 * A pool that GRUB itself reads when the host starts. Its own reader of ZFS does not know every feature, and one dataset that uses an
 * unknown one makes the whole pool unreadable to it: the host does not start any more. With proxmox-boot-tool GRUB reads another disk.
 */
final class BootPool {
    private static final String COMPRESSION = "compression";
    private static final String DNODE_SIZE = "dnodesize";

    private BootPool() {}

    /** Whether GRUB must be able to read the pool of this dataset. */
    static boolean isReadByGrub(DatasetName name, Facts facts) {
        Pool pool = facts.pools().get(name.pool());
        return pool != null && pool.bootfs() && facts.node().legacyGrub();
    }

    /** Says what of these properties GRUB would not survive; what the dataset has already is no news to it. */
    static void refuse(DatasetName name, SortedMap<String, FieldValue> owned, Facts facts, Diagnostics diagnostics) {
        if (!isReadByGrub(name, facts)) {
            return;
        }
        for (String property : new String[] {COMPRESSION, DNODE_SIZE}) {
            FieldValue value = owned.get(DatasetFields.PREFIX + property);
            if (value != null && isStrange(property, value.canonical()) && !has(name, property, value, facts)) {
                diagnostics.add(
                        Diagnostic.error(
                                        "dataset.grub",
                                        "the host starts from the pool " + name.pool()
                                                + " with a GRUB that cannot read " + property + "=" + value.shown())
                                .at(value.span())
                                .help(
                                        (property.equals(COMPRESSION)
                                                        ? "Say zfs: {compression: lz4} for it"
                                                        : "Take dnodesize out")
                                                + ", or use another pool. With it the host would not start any more. After a change to proxmox-boot-tool there is no such limit."));
            }
        }
    }

    private static boolean isStrange(String property, String value) {
        return property.equals(COMPRESSION) ? value.startsWith("zstd") : !value.equals("legacy");
    }

    private static boolean has(DatasetName name, String property, FieldValue value, Facts facts) {
        Dataset found = facts.datasets().get(name);
        Dataset.Property present = found == null ? null : found.properties().get(property);
        return present != null && present.value().equals(value.canonical());
    }
}
