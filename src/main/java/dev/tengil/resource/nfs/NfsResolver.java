package dev.tengil.resource.nfs;

import dev.tengil.model.Address;
import dev.tengil.model.DatasetName;
import dev.tengil.model.Diagnostic;
import dev.tengil.model.HostPath;
import dev.tengil.model.Located;
import dev.tengil.resource.Declaration;
import dev.tengil.resource.Ids;
import dev.tengil.resource.Need;
import dev.tengil.resource.Owner;
import dev.tengil.resource.Place;
import dev.tengil.resource.Places;
import dev.tengil.resource.ResolveContext;
import dev.tengil.resource.Resolved;
import dev.tengil.resource.SharedDirectory;
import dev.tengil.resource.Sharing;
import dev.tengil.resource.Writers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Turns declared exports into lines of exports(5). Clients are squashed to the owner of the directory unless told otherwise. */
public final class NfsResolver {

    private static final String PACKAGE = "nfs-kernel-server";

    /** One declaration with the directory that it publishes. */
    private record Exported(Declaration declaration, SharedDirectory directory, List<NfsClient> clients) {}

    /** All exports; one that is declared twice has the clients of both. Declared datasets below one get an export each. */
    public Resolved<NfsExport> resolve(List<Declaration> declarations, ResolveContext context) {
        SortedMap<HostPath, NfsExport> exports = new TreeMap<>();
        List<Need> needs = new ArrayList<>();
        List<Exported> exported = new ArrayList<>();
        for (Declaration declaration : declarations) {
            Located<HostPath> path = declaration.fields().get(NfsKeys.PATH);
            Address by = NfsExport.addressOf(
                    path == null ? "/" + declaration.name() : path.value().value());
            List<NfsClient> clients = declaration.fields().valueOr(NfsKeys.CLIENTS, List.of()).stream()
                    .map(Located::value)
                    .toList();
            boolean writable = clients.stream().anyMatch(NfsClient::write);
            SharedDirectory directory =
                    SharedDirectory.find(by, declaration.dataset(), path, declaration.span(), writable, context);
            if (directory == null) {
                continue;
            }
            needs.addAll(directory.needs());
            needs.add(new Need.OfPackage(NfsExport.addressOf(directory.path().value()), PACKAGE, declaration.span()));
            exported.add(new Exported(declaration, directory, clients));
            refuseContradictions(exports.get(directory.path()), clients, directory, declaration, context);
            if (directory.owner().uid() == 0
                    && clients.stream().anyMatch(client -> client.write() && !client.saysWho())) {
                context.diagnostics()
                        .add(Diagnostic.warning(
                                        "share.root-owned",
                                        "NFS clients cannot write to " + directory.path() + ": it belongs to root")
                                .at(declaration.span())
                                .help("Give the dataset an owner, for example owner: 1000:1000, or say access: ro."));
            }
            add(
                    exports,
                    directory.path(),
                    clients,
                    directory.owner(),
                    directory.place(),
                    directory.dependsOn(),
                    declaration);
        }
        // What a dataset says itself wins over what it has from above, and the nearer above over the farther.
        exported.sort(
                Comparator.comparingInt(each -> -each.directory().path().value().length()));
        for (Exported each : exported) {
            for (Place below : context.places().declaredBelow(each.directory().path())) {
                Owner owner = SharedDirectory.owner(below, below.mountpoint(), context);
                add(
                        exports,
                        below.mountpoint(),
                        each.clients(),
                        owner,
                        below,
                        Set.of(below.address()),
                        each.declaration());
            }
        }
        return new Resolved<>(List.copyOf(exports.values()), needs);
    }

    private static void refuseContradictions(
            @Nullable NfsExport before,
            List<NfsClient> clients,
            SharedDirectory directory,
            Declaration declaration,
            ResolveContext context) {
        SortedMap<String, String> lines = new TreeMap<>(before == null ? new TreeMap<>() : before.clients());
        for (NfsClient client : clients) {
            String line = options(client, directory.owner());
            String other = lines.putIfAbsent(client.host(), line);
            if (other != null && !other.equals(line)) {
                context.diagnostics()
                        .add(Diagnostic.error(
                                        "nfs.client-twice",
                                        directory.path() + " is exported to " + client.host()
                                                + " twice, with different options")
                                .at(declaration.span())
                                .help("Name each client once: as " + other + " or as " + line + "."));
            }
        }
    }

    private static void add(
            SortedMap<HostPath, NfsExport> exports,
            HostPath path,
            List<NfsClient> clients,
            Owner owner,
            @Nullable Place place,
            Set<Address> after,
            Declaration declaration) {
        SortedMap<String, String> lines = new TreeMap<>();
        Set<String> names = new HashSet<>();
        NfsExport before = exports.get(path);
        if (before != null) {
            lines.putAll(before.clients());
            names.addAll(before.names());
        }
        for (NfsClient client : clients) {
            lines.putIfAbsent(client.host(), options(client, owner));
            if (client.isName()) {
                names.add(client.host());
            }
        }
        Set<Address> depends = new HashSet<>(after);
        depends.add(new Address("package", PACKAGE));
        exports.put(path, new NfsExport(path, lines, place, depends, names, declaration.span()));
    }

    /** In a fixed order, so that two that mean the same read the same. */
    private static String options(NfsClient client, Owner owner) {
        TreeSet<String> more = new TreeSet<>(client.options());
        List<String> options = new ArrayList<>();
        options.add(client.write() ? "rw" : "ro");
        options.add(more.remove("async") ? "async" : "sync");
        more.remove("sync");
        if (!more.contains("subtree_check")) {
            more.add("no_subtree_check");
        }
        if (!client.keepsIds()) {
            more.add("all_squash");
        }
        // Whose directory belongs to root: nobody is squashed to root, so clients may read and nothing else.
        if (more.contains("all_squash") && owner.uid() != 0) {
            if (more.stream().noneMatch(option -> option.startsWith("anonuid="))) {
                more.add("anonuid=" + owner.uid());
            }
            if (more.stream().noneMatch(option -> option.startsWith("anongid="))) {
                more.add("anongid=" + owner.gid());
            }
        }
        options.addAll(more);
        return String.join(",", options);
    }

    /** What datasets need on disk because exports let clients write to them. */
    public SortedMap<DatasetName, Sharing> sharing(List<Declaration> declarations, Places places, Ids ids) {
        SortedMap<DatasetName, Sharing> all = new TreeMap<>();
        for (Declaration declaration : declarations) {
            HostPath path = declaration.fields().value(NfsKeys.PATH);
            Place holder = path == null ? null : places.holding(path);
            DatasetName dataset = path == null ? declaration.dataset() : holder == null ? null : holder.dataset();
            boolean writable = declaration.fields().valueOr(NfsKeys.CLIENTS, List.of()).stream()
                    .anyMatch(client -> client.value().write());
            Place place = dataset == null ? null : places.of(dataset);
            if (dataset != null && writable) {
                all.put(dataset, new Sharing(true, Writers.NONE));
            }
            if (place != null && writable) {
                places.declaredBelow(path == null ? place.mountpoint() : path)
                        .forEach(below -> all.put(below.dataset(), new Sharing(true, Writers.NONE)));
            }
        }
        return all;
    }
}
