package dev.tengil.resource.dataset;

import dev.tengil.model.ByteSize;
import dev.tengil.model.DatasetName;
import dev.tengil.model.Diagnostic;
import dev.tengil.model.Fields;
import dev.tengil.model.HostPath;
import dev.tengil.model.Key;
import dev.tengil.model.Located;
import dev.tengil.model.Nearest;
import dev.tengil.model.Parsed;
import dev.tengil.model.Span;
import dev.tengil.resource.AppliedResource;
import dev.tengil.resource.Declaration;
import dev.tengil.resource.FieldValue;
import dev.tengil.resource.Need;
import dev.tengil.resource.Owner;
import dev.tengil.resource.ResolveContext;
import dev.tengil.resource.Sharing;
import dev.tengil.resource.facts.Dataset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Turns declared and implied datasets into desired ones: properties from profile and file, mountpoints, owners. */
public final class DatasetResolver {

    private static final String DEFAULT_PROFILE = "default";

    private final ResolveContext context;
    private final SortedMap<String, Profile> profiles;
    private final SortedMap<DatasetName, DatasetResource> resolved = new TreeMap<>();
    private Map<DatasetName, Sharing> sharing = Map.of();

    /**
     * @param ownProfiles what stands under {@code profiles:}; null for nothing
     */
    public DatasetResolver(ResolveContext context, @Nullable Map<Located<String>, Located<Fields>> ownProfiles) {
        this.context = context;
        this.profiles = Profiles.read(ownProfiles, context.diagnostics());
    }

    /**
     * The declared datasets.
     *
     * @param sharing what shares ask of their top directories
     */
    public List<DatasetResource> declared(List<Declaration> declarations, Map<DatasetName, Sharing> sharing) {
        this.sharing = sharing;
        // Parents first: where a dataset is mounted depends on them.
        List<Declaration> ordered = declarations.stream()
                .sorted(Comparator.comparing(declaration -> DatasetName.of(declaration.name())))
                .toList();
        for (Declaration declaration : ordered) {
            DatasetName name = DatasetName.of(declaration.name());
            if (resolved.containsKey(name)) {
                context.diagnostics()
                        .add(Diagnostic.error("dataset.twice", "dataset " + name + " is declared twice")
                                .at(declaration.span()));
                continue;
            }
            Diagnostic refusal = ReservedNames.refusal(name);
            if (refusal != null) {
                context.diagnostics().add(refusal.at(declaration.span()));
                continue;
            }
            resolved.put(
                    name,
                    dataset(
                            name,
                            declaration.fields(),
                            sharing.getOrDefault(name, Sharing.READ_ONLY),
                            declaration.span()));
        }
        return List.copyOf(resolved.values());
    }

    /** Datasets that volumes imply, and parents that nobody declared, after the declared ones, which get their owners. */
    public List<DatasetResource> all(Collection<Need.OfDataset> needs, Collection<Need.OfOwner> owners) {
        Map<DatasetName, Owner> writers = new HashMap<>();
        owners.forEach(need -> writers.putIfAbsent(need.name(), need.owner()));
        resolved.replaceAll((name, dataset) -> owned(dataset, writers.get(name)));
        for (Need.OfDataset need : needs) {
            DatasetName name = need.name();
            if (!resolved.containsKey(name)) {
                String profile = need.profile() == null ? DEFAULT_PROFILE : need.profile();
                SortedMap<String, FieldValue> owned = new TreeMap<>();
                profile(profile, need.span())
                        .properties()
                        .forEach((property, value) -> owned.put(
                                "zfs." + property,
                                new FieldValue(value, Property.shown(property, value), need.span())));
                BootPool.refuse(name, owned, context.facts(), context.diagnostics());
                resolved.put(
                        name,
                        new DatasetResource(
                                name,
                                owned,
                                null,
                                path(name),
                                need.owner(),
                                null,
                                List.of(),
                                false,
                                true,
                                true,
                                false,
                                need.span()));
            }
        }
        for (DatasetResource each : new ArrayList<>(resolved.values())) {
            for (DatasetName above = each.name().parent();
                    !above.isPoolRoot() && !resolved.containsKey(above) && !isForeign(above);
                    above = above.parent()) {
                resolved.put(
                        above,
                        new DatasetResource(
                                above,
                                new TreeMap<>(),
                                null,
                                path(above),
                                null,
                                null,
                                List.of(),
                                false,
                                true,
                                true,
                                true,
                                each.span()));
            }
        }
        return List.copyOf(resolved.values());
    }

    /** Whoever writes there owns what we make when nobody else is said to; what exists is never given away. */
    private DatasetResource owned(DatasetResource dataset, @Nullable Owner writer) {
        boolean shared = sharing.getOrDefault(dataset.name(), Sharing.READ_ONLY).writable();
        AppliedResource applied = context.applied().get(dataset.address());
        boolean made = !context.facts().datasets().containsKey(dataset.name())
                || DatasetKind.isHalfMade(dataset.address(), context.applied())
                || (applied != null && "off".equals(applied.fields().get(DatasetFields.PREFIX + "canmount")));
        Owner owner = writer != null ? writer : shared ? Owner.CONTAINER_ROOT : null;
        return made && owner != null && dataset.owner() == null ? dataset.withOwner(owner) : dataset;
    }

    /** It exists, and not by us: then it is no concern of the file. */
    private boolean isForeign(DatasetName name) {
        Dataset found = context.facts().datasets().get(name);
        return found != null && !context.applied().stack().equals(found.local(DatasetKind.MARK));
    }

    private DatasetResource dataset(DatasetName name, Fields fields, Sharing sharing, Span span) {
        SortedMap<String, FieldValue> owned = new TreeMap<>();
        Located<String> profile = fields.get(DatasetKeys.PROFILE);
        if (profile != null) {
            profile(profile.value(), profile.span())
                    .properties()
                    .forEach((property, value) -> owned.put(
                            "zfs." + property, new FieldValue(value, Property.shown(property, value), profile.span())));
        }
        Map<Located<String>, Located<String>> zfs = fields.valueOr(DatasetKeys.ZFS, Map.of());
        zfs.forEach((property, text) -> {
            if (fields.keys().stream().anyMatch(key -> key.name().equals(property.value()))) {
                context.diagnostics()
                        .add(Diagnostic.error(
                                        "dataset.property",
                                        property.value() + " is given twice, beside zfs: and inside")
                                .at(property.span()));
            }
            switch (Property.read(property.value(), text.value())) {
                case Parsed.Ok<Property>(Property value) ->
                    owned.put("zfs." + property.value(), new FieldValue(value.canonical(), value.shown(), text.span()));
                case Parsed.Bad<Property>(String reason) ->
                    context.diagnostics()
                            .add(Diagnostic.error("dataset.property", reason)
                                    .at(reason.startsWith("there is no property") ? property.span() : text.span()));
            }
        });
        limit(owned, fields, DatasetKeys.QUOTA, "zfs.quota");
        limit(owned, fields, DatasetKeys.REFQUOTA, "zfs.refquota");
        limit(owned, fields, DatasetKeys.RESERVATION, "zfs.reservation");
        BootPool.refuse(name, owned, context.facts(), context.diagnostics());
        Located<HostPath> mountpoint = fields.get(DatasetKeys.MOUNTPOINT);
        if (mountpoint != null) {
            Diagnostic refusal = ReservedNames.mountpoint(mountpoint.value());
            if (refusal != null) {
                context.diagnostics().add(refusal.at(mountpoint.span()));
            }
        }
        Integer mode = fields.value(DatasetKeys.MODE);
        List<String> acl = fields.valueOr(DatasetKeys.ACL, List.<Located<String>>of()).stream()
                .map(Located::value)
                .sorted()
                .toList();
        if (sharing.writable() && mode == null && acl.isEmpty()) {
            mode = Sharing.WRITABLE_MODE;
            acl = Sharing.WRITABLE_ACL;
        }
        boolean enforced = fields.valueOr(DatasetKeys.OWNER_ENFORCE, false);
        if (enforced && !acl.isEmpty()) {
            // An existing dataset keeps no ACLs unless somebody told it to.
            owned.putIfAbsent("zfs.acltype", new FieldValue("posix", "posixacl", span));
        }
        HostPath at = mountpoint == null ? null : mountpoint.value();
        return new DatasetResource(
                name,
                owned,
                at,
                at != null ? at : released(name) ? inherited(name) : path(name),
                owner(fields),
                mode,
                acl,
                enforced,
                fields.valueOr(DatasetKeys.PROTECT, true),
                false,
                false,
                span);
    }

    private @Nullable Owner owner(Fields fields) {
        Located<String> owner = fields.get(DatasetKeys.OWNER);
        if (owner == null) {
            return null;
        }
        return switch (context.ids().owner(owner.value())) {
            case Parsed.Ok<Owner>(Owner ids) -> ids;
            case Parsed.Bad<Owner>(String reason) -> {
                context.diagnostics()
                        .add(Diagnostic.error("dataset.owner", reason).at(owner.span()));
                yield null;
            }
        };
    }

    private static void limit(SortedMap<String, FieldValue> owned, Fields fields, Key<ByteSize> key, String field) {
        Located<ByteSize> limit = fields.get(key);
        if (limit != null) {
            long bytes = limit.value().bytes();
            owned.put(
                    field,
                    new FieldValue(
                            Long.toString(bytes),
                            bytes == 0 ? "none" : limit.value().shortest(),
                            limit.span()));
        }
    }

    private Profile profile(String name, @Nullable Span span) {
        Profile profile = profiles.get(name);
        if (profile == null) {
            context.diagnostics()
                    .add(Diagnostic.error("dataset.unknown-profile", "there is no profile \"" + name + "\"")
                            .at(span)
                            .hint(Nearest.to(name, profiles.keySet())
                                    .map(near -> "did you mean \"" + near + "\"?")
                                    .orElse(null))
                            .help("The profiles are " + String.join(", ", profiles.keySet()) + "."));
            return new Profile(new TreeMap<>());
        }
        return profile;
    }

    /** Where a dataset is, or will be, mounted when the file does not say. */
    private @Nullable HostPath path(DatasetName name) {
        Dataset found = context.facts().datasets().get(name);
        if (name.isPoolRoot()) {
            // A pool that is not imported is refused by the plan; what lies in it is not to be blamed here.
            return found == null ? HostPath.of("/" + name) : found.mountpoint();
        }
        // One that is inherited moves when a parent's does.
        return found != null && found.local("mountpoint") != null ? found.mountpoint() : inherited(name);
    }

    /** Whether a mountpoint that tengil set is inherited again, because the file does not say it any more. */
    private boolean released(DatasetName name) {
        AppliedResource applied = context.applied().get(DatasetResource.addressOf(name));
        return applied != null && applied.fields().containsKey("mountpoint");
    }

    private @Nullable HostPath inherited(DatasetName name) {
        DatasetResource parent = resolved.get(name.parent());
        HostPath above = parent != null ? parent.path() : path(name.parent());
        return above == null ? null : above.resolve(name.leaf());
    }
}
