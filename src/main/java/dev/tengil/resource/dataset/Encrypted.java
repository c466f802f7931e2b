package dev.tengil.resource.dataset;

import dev.tengil.model.Diagnostic;
import dev.tengil.resource.FieldValue;
import dev.tengil.resource.PlanContext;
import dev.tengil.resource.facts.Dataset;

/** Keys are no business of tengil: an encrypted dataset is made by hand, or inherits the key of an encrypted one above it. */
final class Encrypted {
    private static final String ENCRYPTION = "encryption";

    private Encrypted() {}

    /** Whether a dataset that does not exist yet would need a key of its own; says so. */
    static boolean refused(DatasetResource wanted, PlanContext context) {
        FieldValue asked = wanted.owned().get(DatasetFields.PREFIX + ENCRYPTION);
        FieldValue key = wanted.owned().get(DatasetFields.PREFIX + "keyformat");
        boolean none = asked == null || asked.canonical().equals("off");
        if (key == null
                && (none
                        || isEncrypted(
                                context.facts().datasets().get(wanted.name().parent())))) {
            return false;
        }
        FieldValue said = key != null ? key : asked;
        context.diagnostics()
                .add(
                        Diagnostic.error(
                                        "dataset.needs-key",
                                        wanted.name()
                                                + " would be encrypted with a key of its own, which tengil does not make")
                                .at(said == null ? wanted.span() : said.span())
                                .help(
                                        "Make it yourself, zfs asks for the passphrase: zfs create -o encryption=on -o keyformat=passphrase "
                                                + wanted.name()
                                                + ". From then on it can stand in the file, and what lies below it inherits the key."));
        return true;
    }

    private static boolean isEncrypted(@org.jspecify.annotations.Nullable Dataset dataset) {
        Dataset.Property found = dataset == null ? null : dataset.properties().get(ENCRYPTION);
        return found != null && !found.value().equals("off");
    }
}
