package dev.tengil.plan;

import dev.tengil.model.Address;
import dev.tengil.model.DatasetName;
import dev.tengil.model.Diagnostic;
import dev.tengil.model.Diagnostics;
import dev.tengil.model.Fields;
import dev.tengil.model.HostPath;
import dev.tengil.resource.Applied;
import dev.tengil.resource.AppliedResource;
import dev.tengil.resource.Ids;
import dev.tengil.resource.Need;
import dev.tengil.resource.People;
import dev.tengil.resource.Place;
import dev.tengil.resource.Places;
import dev.tengil.resource.PlanOptions;
import dev.tengil.resource.ResolveContext;
import dev.tengil.resource.Resolved;
import dev.tengil.resource.Resource;
import dev.tengil.resource.Sharing;
import dev.tengil.resource.Writers;
import dev.tengil.resource.container.Container;
import dev.tengil.resource.container.ContainerInputs;
import dev.tengil.resource.container.ContainerResolver;
import dev.tengil.resource.container.Mount;
import dev.tengil.resource.dataset.DatasetKeys;
import dev.tengil.resource.dataset.DatasetResolver;
import dev.tengil.resource.dataset.DatasetResource;
import dev.tengil.resource.directory.DirectoryResolver;
import dev.tengil.resource.discovery.DiscoveryKeys;
import dev.tengil.resource.discovery.DiscoveryResolver;
import dev.tengil.resource.facts.Dataset;
import dev.tengil.resource.facts.Facts;
import dev.tengil.resource.forward.ForwardResolver;
import dev.tengil.resource.group.Group;
import dev.tengil.resource.group.GroupResolver;
import dev.tengil.resource.image.ImageResolver;
import dev.tengil.resource.nfs.NfsResolver;
import dev.tengil.resource.pkg.PackageResolver;
import dev.tengil.resource.restart.RestartKind;
import dev.tengil.resource.smb.SmbResolver;
import dev.tengil.resource.storage.StorageResource;
import dev.tengil.resource.template.TemplateResolver;
import dev.tengil.resource.user.User;
import dev.tengil.resource.user.UserResolver;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * From declarations and facts to everything that is asked for. Kinds are resolved in the order in which they need each other: people,
 * datasets, shares, containers; what they need beyond that comes back as needs and is made at the end.
 */
public final class Resolver {

    private final Facts facts;
    private final Applied applied;
    private final PlanOptions options;
    private final Diagnostics diagnostics;
    private final List<Resource> resources = new ArrayList<>();
    private final Set<Address> flawed = new HashSet<>();
    private final List<Need> needs = new ArrayList<>();

    private Resolver(Facts facts, Applied applied, PlanOptions options, Diagnostics diagnostics) {
        this.facts = facts;
        this.applied = applied;
        this.options = options;
        this.diagnostics = diagnostics;
    }

    /** Everything that the file asks for; errors in the diagnostics mean that it must not be planned. */
    public static Desired resolve(
            Fields file,
            Declarations declared,
            ContainerInputs inputs,
            Facts facts,
            Applied applied,
            PlanOptions options,
            Diagnostics diagnostics) {
        Resolver resolver = new Resolver(facts, applied, options, diagnostics);
        resolver.run(file, declared, inputs);
        return new Desired(resolver.resources, resolver.flawed);
    }

    private ResolveContext context(Places places, Ids ids) {
        return new ResolveContext(facts, applied, options, places, ids, diagnostics);
    }

    private <R extends Resource> List<R> take(Resolved<R> resolved) {
        resources.addAll(resolved.resources());
        flawed.addAll(resolved.flawed());
        needs.addAll(resolved.needs());
        return resolved.resources();
    }

    private void run(Fields file, Declarations declared, ContainerInputs inputs) {
        Places none = new Places(List.of());
        List<Group> groups = take(new GroupResolver()
                .resolve(
                        declared.groups(),
                        UserResolver.namedIds(declared.users()),
                        context(none, ids(List.of(), List.of()))));
        List<User> users = take(new UserResolver().resolve(declared.users(), context(none, ids(groups, List.of()))));
        Ids ids = ids(groups, users);
        People people = people(users);

        // A first look only for where datasets will be; what is wrong with them is said by the second.
        ResolveContext quiet = new ResolveContext(facts, applied, options, none, ids, new Diagnostics());
        Places plain = places(
                new DatasetResolver(quiet, file.value(DatasetKeys.PROFILES)).declared(declared.datasets(), Map.of()),
                Map.of());
        Map<DatasetName, Sharing> sharing =
                new HashMap<>(new SmbResolver().sharing(declared.smb(), plain, ids, people));
        new NfsResolver()
                .sharing(declared.nfs(), plain, ids)
                .forEach((name, more) -> sharing.merge(name, more, Sharing::and));

        DatasetResolver datasets = new DatasetResolver(context(plain, ids), file.value(DatasetKeys.PROFILES));
        List<DatasetResource> wanted = datasets.declared(declared.datasets(), sharing);
        Places places = places(wanted, sharing);
        if (facts.node().proxmox()) {
            take(new ContainerResolver().resolve(declared.containers(), inputs, context(places, ids)))
                    .forEach(this::keepImplied);
        } else if (!declared.containers().isEmpty()) {
            diagnostics.add(Diagnostic.error(
                            "host.no-proxmox", "this host has no Proxmox VE, so there can be no containers on it")
                    .at(declared.containers().getFirst().span())
                    .help("Datasets, people and shares work here: take the containers out, or name a Proxmox host."));
        }

        // What volumes imply is there for shares, too.
        List<DatasetResource> all = datasets.all(of(Need.OfDataset.class), of(Need.OfOwner.class));
        resources.addAll(all);
        Places made = places(all, sharing);
        take(new SmbResolver().resolve(declared.smb(), context(made, ids)));
        take(new NfsResolver().resolve(declared.nfs(), context(made, ids)));
        take(DiscoveryResolver.resolve(
                file.value(DiscoveryKeys.DISCOVERY), of(Need.OfDiscovery.class), context(made, ids)));
        resources.addAll(DirectoryResolver.resolve(of(Need.OfDirectory.class), made));
        resources.addAll(new GroupResolver().named(of(Need.OfGroup.class)));
        resources.addAll(StorageResource.of(of(Need.OfStorage.class)));
        take(new ImageResolver().resolve(of(Need.OfImage.class), context(places, ids)));
        resources.addAll(RestartKind.resolve(of(Need.OfRestart.class)));
        take(new ForwardResolver().resolve(of(Need.OfForward.class), context(places, ids)));
        take(new TemplateResolver().resolve(of(Need.OfTemplate.class)));
        resources.addAll(new PackageResolver().resolve(of(Need.OfPackage.class)).resources());
    }

    /** A dataset that an earlier apply made for a volume looks like any other now; it is still needed, and still ours. */
    private void keepImplied(Container container) {
        for (Mount mount : container.mounts()) {
            Place place = mount.place();
            if (place != null && applied.get(place.address()) != null) {
                needs.add(new Need.OfDataset(container.address(), place.dataset(), null, null, container.span()));
            }
        }
    }

    private <N extends Need> List<N> of(Class<N> sort) {
        return needs.stream().filter(sort::isInstance).map(sort::cast).toList();
    }

    /** Names that the file declares win over those of the host. */
    private Ids ids(Collection<Group> groups, Collection<User> users) {
        Map<String, Integer> uids = new TreeMap<>();
        Map<String, Integer> primary = new TreeMap<>();
        Map<String, Integer> gids = new TreeMap<>();
        facts.accounts().groups().values().forEach(group -> gids.put(group.name(), group.gid()));
        facts.accounts().users().values().forEach(user -> {
            uids.put(user.name(), user.uid());
            primary.put(user.name(), user.gid());
        });
        groups.forEach(group -> gids.put(group.name(), group.gid()));
        users.forEach(user -> {
            uids.put(user.name(), user.uid());
            primary.put(user.name(), user.gid());
            gids.putIfAbsent(user.primaryGroup(), user.gid());
        });
        return new Ids(uids, primary, gids);
    }

    private People people(Collection<User> users) {
        TreeSet<Integer> samba = new TreeSet<>();
        Map<String, Set<Integer>> members = new HashMap<>();
        facts.accounts().smbUsers().forEach(name -> {
            var user = facts.accounts().users().get(name);
            AppliedResource before = applied.get(User.addressOf(name));
            // Its password was tengil's, and unless the file still gives one it goes with this very plan.
            if (user != null && (before == null || !User.hasOurPassword(before))) {
                samba.add(user.uid());
            }
        });
        facts.accounts()
                .groups()
                .values()
                .forEach(group -> group.members().forEach(name -> {
                    var user = facts.accounts().users().get(name);
                    if (user != null && !leaves(name, group.name(), users)) {
                        members.computeIfAbsent(group.name(), key -> new HashSet<>())
                                .add(user.uid());
                    }
                }));
        for (User user : users) {
            if (user.smbPassword() != null) {
                samba.add(user.uid());
            }
            user.groups()
                    .forEach(group -> members.computeIfAbsent(group, key -> new HashSet<>())
                            .add(user.uid()));
            members.computeIfAbsent(user.primaryGroup(), key -> new HashSet<>()).add(user.uid());
        }
        return new People(samba, members);
    }

    /** Whether this very file takes the user out of a group that it put them into. */
    private boolean leaves(String name, String group, Collection<User> users) {
        return users.stream()
                .filter(user -> user.name().equals(name) && !user.groups().contains(group))
                .map(user -> applied.get(user.address()))
                .anyMatch(before -> before != null && before.fields().containsKey(User.MEMBER + group));
    }

    /** An inherited mountpoint moves along with a parent's. */
    private static @Nullable HostPath mountpoint(Dataset dataset, Map<DatasetName, HostPath> parents) {
        boolean own = dataset.name().isPoolRoot() || dataset.local("mountpoint") != null;
        HostPath above = own || dataset.mountpoint() == null
                ? null
                : parents.get(dataset.name().parent());
        return above == null
                ? dataset.mountpoint()
                : above.resolve(dataset.name().leaf());
    }

    /** Datasets of the host, with those that are asked for over them. */
    private Places places(List<DatasetResource> asked, Map<DatasetName, Sharing> sharing) {
        Map<DatasetName, Place> places = new TreeMap<>();
        Map<DatasetName, HostPath> moved = new TreeMap<>();
        for (DatasetResource each : asked) {
            if (each.path() != null) {
                moved.put(each.name(), each.path());
            }
        }
        facts.datasets().values().forEach(dataset -> {
            HostPath mountpoint = mountpoint(dataset, moved);
            if (mountpoint != null && !dataset.volume()) {
                moved.putIfAbsent(dataset.name(), mountpoint);
                places.put(dataset.name(), new Place(dataset.name(), mountpoint, false, null, Writers.NONE, false));
            }
        });
        for (DatasetResource each : asked) {
            if (each.path() != null && !each.container()) {
                Sharing shared = sharing.getOrDefault(each.name(), Sharing.READ_ONLY);
                places.put(
                        each.name(),
                        new Place(each.name(), each.path(), true, each.owner(), shared.writers(), shared.writable()));
            }
        }
        return new Places(places.values());
    }
}
