package dev.tengil.resource.smb;

import dev.tengil.model.DatasetName;
import dev.tengil.model.Diagnostic;
import dev.tengil.model.Diagnostics;
import dev.tengil.model.Fields;
import dev.tengil.model.Key;
import dev.tengil.model.Located;
import dev.tengil.resource.Declaration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Joins what several places of the file say of one share: under {@code shares}, as a consumer, and who may come in. */
final class SmbDeclarations {
    /** Name of a declaration that is meant for every share of its dataset; no share can have it. */
    static final String ANY_SHARE = "*";

    private final Diagnostics diagnostics;

    SmbDeclarations(Diagnostics diagnostics) {
        this.diagnostics = diagnostics;
    }

    /** One declaration for each share. */
    List<Declaration> joined(List<Declaration> all) {
        // Samba and its clients do not tell upper from lower case.
        Map<String, Declaration> shares = new LinkedHashMap<>();
        for (Declaration declaration : all) {
            if (!declaration.name().equals(ANY_SHARE)) {
                shares.merge(declaration.name().toLowerCase(Locale.ROOT), declaration, this::join);
            }
        }
        for (Declaration grant : all) {
            if (grant.name().equals(ANY_SHARE)) {
                grant(grant, shares);
            }
        }
        return List.copyOf(shares.values());
    }

    private Declaration join(Declaration first, Declaration second) {
        boolean sameDirectory = Objects.equals(first.dataset(), second.dataset())
                && Objects.equals(
                        first.fields().value(SmbKeys.PATH), second.fields().value(SmbKeys.PATH));
        boolean onlyNamed = second.fields().keys().stream()
                        .allMatch(key -> key.equals(SmbKeys.NAME) || key.equals(SmbKeys.READONLY))
                || first.fields().keys().stream()
                        .allMatch(key -> key.equals(SmbKeys.NAME) || key.equals(SmbKeys.READONLY));
        if (!Objects.equals(first.dataset(), second.dataset()) || (!sameDirectory && !onlyNamed)) {
            diagnostics.add(Diagnostic.error(
                            "smb.duplicate",
                            "two shares are called \"" + second.name() + "\"; the other is at " + first.span())
                    .at(second.span())
                    .help("Rename one of them. Samba does not tell upper from lower case."));
            return first;
        }
        Fields.Builder both = Fields.builder(first.fields().span());
        for (Key<?> key : first.fields().keys()) {
            copy(key, first.fields(), both);
            contradiction(key, first, second);
        }
        for (Key<?> key : second.fields().keys()) {
            if (!first.fields().has(key)) {
                copy(key, second.fields(), both);
            }
        }
        return new Declaration(first.name(), both.build(), first.dataset(), first.span());
    }

    private void contradiction(Key<?> key, Declaration first, Declaration second) {
        Located<?> one = first.fields().get(key);
        Located<?> other = second.fields().get(key);
        if (!key.equals(SmbKeys.NAME)
                && one != null
                && other != null
                && !one.value().equals(other.value())) {
            diagnostics.add(Diagnostic.error(
                            "smb.contradiction",
                            "the share " + second.name() + " is given another " + key + " here than at " + one.span())
                    .at(other.span())
                    .help("Say it in one place. For a consumer, access: read is readonly: true."));
        }
    }

    private void grant(Declaration grant, Map<String, Declaration> shares) {
        boolean used = false;
        for (Map.Entry<String, Declaration> entry : shares.entrySet()) {
            Declaration share = entry.getValue();
            DatasetName dataset = share.dataset();
            if (dataset != null && dataset.equals(grant.dataset())) {
                entry.setValue(
                        new Declaration(share.name(), with(share.fields(), grant.fields()), dataset, share.span()));
                used = true;
            }
        }
        if (!used) {
            diagnostics.add(Diagnostic.warning(
                            "smb.grant-without-share",
                            "dataset " + grant.dataset() + " has no SMB share that this could apply to")
                    .at(grant.span())
                    .help("Users and groups get access through shares; for containers use type: container."));
        }
    }

    private static Fields with(Fields share, Fields grant) {
        Fields.Builder both = Fields.builder(share.span());
        for (Key<?> key : share.keys()) {
            if (!key.equals(SmbKeys.USERS) && !key.equals(SmbKeys.GROUPS)) {
                copy(key, share, both);
            }
        }
        for (Key<List<Grant>> key : List.of(SmbKeys.USERS, SmbKeys.GROUPS)) {
            List<Grant> grants = new ArrayList<>(share.valueOr(key, List.of()));
            for (Grant more : grant.valueOr(key, List.of())) {
                grants.removeIf(known -> known.name().equals(more.name()) && known.write() == null);
                grants.add(more);
            }
            if (!grants.isEmpty()) {
                both.put(key, share.nameSpan(key), new Located<>(List.copyOf(grants), share.nameSpan(key)));
            }
        }
        return both.build();
    }

    private static <T> void copy(Key<T> key, Fields from, Fields.Builder to) {
        @Nullable Located<T> value = from.get(key);
        if (value != null) {
            to.put(key, from.nameSpan(key), value);
        }
    }
}
