package dev.tengil.resource.smb;

import dev.tengil.model.Address;
import dev.tengil.model.DatasetName;
import dev.tengil.model.Diagnostic;
import dev.tengil.model.Diagnostics;
import dev.tengil.model.Fields;
import dev.tengil.model.Located;
import dev.tengil.model.Nearest;
import dev.tengil.resource.Declaration;
import dev.tengil.resource.Ids;
import dev.tengil.resource.Need;
import dev.tengil.resource.Owner;
import dev.tengil.resource.People;
import dev.tengil.resource.Place;
import dev.tengil.resource.Places;
import dev.tengil.resource.ResolveContext;
import dev.tengil.resource.Resolved;
import dev.tengil.resource.SharedDirectory;
import dev.tengil.resource.Sharing;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Turns declared shares into sections of smb.conf. */
public final class SmbResolver {
    private static final String OWN_GROUP = "tengil-";

    /** All shares, each once. */
    public Resolved<SmbShare> resolve(List<Declaration> declarations, ResolveContext context) {
        List<SmbShare> shares = new ArrayList<>();
        List<Need> needs = new ArrayList<>();
        for (Declaration declaration : new SmbDeclarations(context.diagnostics()).joined(declarations)) {
            SmbShare share = share(declaration, needs, context);
            if (share != null) {
                shares.add(share);
            }
        }
        return new Resolved<>(shares, needs);
    }

    /**
     * What the datasets need on disk because shares publish them; for those that are writable, {@link Sharing} names mode and ACL.
     *
     * @param places all datasets; their {@code writers} and {@code shared} are not looked at, since this says them
     */
    public SortedMap<DatasetName, Sharing> sharing(
            List<Declaration> declarations, Places places, Ids ids, People people) {
        SortedMap<DatasetName, Sharing> all = new TreeMap<>();
        for (Declaration declaration : new SmbDeclarations(new Diagnostics()).joined(declarations)) {
            Located<dev.tengil.model.HostPath> path = declaration.fields().get(SmbKeys.PATH);
            Place holder = path == null ? null : places.holding(path.value());
            DatasetName dataset = path == null ? declaration.dataset() : holder == null ? null : holder.dataset();
            if (dataset != null) {
                all.merge(dataset, SmbAccess.of(declaration.fields()).sharing(ids, people), Sharing::and);
            }
        }
        return all;
    }

    private static @Nullable SmbShare share(Declaration declaration, List<Need> needs, ResolveContext context) {
        Fields fields = declaration.fields();
        Address address = SmbShare.addressOf(declaration.name());
        SmbAccess access = SmbAccess.of(fields);
        SharedDirectory directory = SharedDirectory.find(
                address,
                declaration.dataset(),
                fields.get(SmbKeys.PATH),
                declaration.span(),
                access.writable(),
                context);
        if (directory == null) {
            return null;
        }
        Set<Address> dependsOn = new HashSet<>(directory.dependsOn());
        dependsOn.add(new Address("package", "samba"));
        principals(access, dependsOn, context);
        SortedMap<String, String> parameters = new TreeMap<>();
        switch (SmbText.parse(directory.path().value())) {
            case dev.tengil.model.Parsed.Ok<String> path -> parameters.put("path", path.value());
            case dev.tengil.model.Parsed.Bad<String> bad -> {
                context.diagnostics()
                        .add(Diagnostic.error(
                                        "smb.path", directory.path() + " cannot be shared by Samba: " + bad.reason())
                                .at(declaration.span())
                                .help("Give the dataset another mountpoint."));
                return null;
            }
        }
        String comment = fields.value(SmbKeys.COMMENT);
        if (comment != null) {
            parameters.put("comment", comment);
        }
        parameters.put("browseable", fields.valueOr(SmbKeys.BROWSEABLE, true) ? "yes" : "no");
        access.write(parameters);
        if (access.writable()) {
            parameters.put("create mask", "0664");
            parameters.put("directory mask", "2775");
            parameters.put("inherit acls", "yes");
        }
        SortedMap<String, String> options = fields.valueOr(SmbKeys.OPTIONS, new TreeMap<>());
        timeMachine(fields, options, parameters, context);
        if (access.writable() && !options.containsKey("force group") && !options.containsKey("force user")) {
            forceGroup(declaration, address, directory.owner(), parameters, dependsOn, needs, context);
        }
        parameters.putAll(options);
        needs.addAll(directory.needs());
        needs.add(new Need.OfPackage(address, "samba", declaration.span()));
        return new SmbShare(address, parameters, directory.place(), dependsOn, declaration.span());
    }

    /** Whoever writes acts as the group of the dataset, so that its other members and the apps can change the file. */
    private static void forceGroup(
            Declaration declaration,
            Address address,
            Owner owner,
            SortedMap<String, String> parameters,
            Set<Address> dependsOn,
            List<Need> needs,
            ResolveContext context) {
        String name = context.ids().groups().entrySet().stream()
                .filter(entry -> entry.getValue() == owner.gid())
                .map(Map.Entry::getKey)
                .sorted()
                .findFirst()
                .orElse(OWN_GROUP + owner.gid());
        if (owner.gid() == 0 || People.POWERFUL_GROUPS.contains(name)) {
            context.diagnostics()
                    .add(Diagnostic.warning(
                                    "share.root-owned",
                                    "people cannot write to the share " + declaration.name()
                                            + ": its directory belongs to the group " + name)
                            .at(declaration.span())
                            .help("Give the dataset an owner, for example owner: 1000:1000, or say readonly: true."));
            return;
        }
        if (name.equals(OWN_GROUP + owner.gid())) {
            needs.add(new Need.OfGroup(address, name, owner.gid(), declaration.span()));
        }
        dependsOn.add(new Address("group", name));
        parameters.put("force group", name);
    }

    private static void timeMachine(
            Fields fields,
            SortedMap<String, String> options,
            SortedMap<String, String> parameters,
            ResolveContext context) {
        SmbKeys.TimeMachine wanted = fields.value(SmbKeys.TIMEMACHINE);
        if (wanted == null || !wanted.wanted()) {
            return;
        }
        if (options.containsKey("vfs objects")) {
            context.diagnostics()
                    .add(
                            Diagnostic.error("smb.contradiction", "timemachine sets \"vfs objects\" itself")
                                    .at(fields.nameSpan(SmbKeys.OPTIONS))
                                    .help(
                                            "Take vfs objects out of options, or timemachine out and write its options yourself."));
        }
        parameters.put("vfs objects", "catia fruit streams_xattr");
        parameters.put("fruit:metadata", "stream");
        parameters.put("fruit:time machine", "yes");
        if (wanted.limit().bytes() > 0) {
            parameters.put("fruit:time machine max size", wanted.limit().shortest());
        }
    }

    private static void principals(SmbAccess access, Set<Address> dependsOn, ResolveContext context) {
        Ids ids = context.ids();
        for (Grant grant : access.grants()) {
            Map<String, Integer> known = grant.group() ? ids.groups() : ids.users();
            String kind = grant.group() ? "group" : "user";
            if (!known.containsKey(grant.name())) {
                context.diagnostics()
                        .add(Diagnostic.error(
                                        "smb.unknown-" + kind,
                                        "there is no " + kind + " \"" + grant.name() + "\" in the file or on the host")
                                .at(grant.span())
                                .hint(Nearest.to(grant.name(), known.keySet())
                                        .map(near -> "did you mean \"" + near + "\"?")
                                        .orElse(null))
                                .help("Declare it under " + kind + "s:"));
            }
            dependsOn.add(new Address(kind, grant.name()));
        }
    }
}
