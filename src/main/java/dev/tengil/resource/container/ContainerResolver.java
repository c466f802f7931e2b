package dev.tengil.resource.container;

import dev.tengil.model.Address;
import dev.tengil.model.DatasetName;
import dev.tengil.model.Diagnostic;
import dev.tengil.model.ImageReference;
import dev.tengil.model.Located;
import dev.tengil.model.Nearest;
import dev.tengil.model.VmId;
import dev.tengil.resource.Declaration;
import dev.tengil.resource.ImageArchive;
import dev.tengil.resource.Need;
import dev.tengil.resource.Place;
import dev.tengil.resource.ResolveContext;
import dev.tengil.resource.Resolved;
import dev.tengil.resource.facts.Guest;
import dev.tengil.resource.facts.GuestConf;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Turns all declarations of containers into containers with every choice made, and says what they need of other kinds. */
public final class ContainerResolver {

    /** All containers of the file. */
    public Resolved<Container> resolve(List<Declaration> declarations, ContainerInputs inputs, ResolveContext context) {
        Map<String, List<Declaration>> byName = byName(declarations);
        Vmids vmids = new Vmids(byName, context);
        List<Container> containers = new ArrayList<>();
        Set<Address> flawed = new HashSet<>();
        List<Need> needs = new ArrayList<>();
        List<Merged> merged = new ArrayList<>();
        byName.forEach((name, all) -> merged.add(new Merged(name, all, context.diagnostics())));
        StartOrder order = new StartOrder(merged);
        merged.forEach(asked -> {
            boolean existing = OriginResolver.existing(asked);
            VmId vmid = OriginResolver.fromNothing(asked, context.diagnostics()) ? null : vmids.of(asked, existing);
            if (vmid == null) {
                return;
            }
            Guest found = context.facts().guests().get(vmid);
            Scope scope = new Scope(asked, inputs, context, found, existing);
            int mistakes = context.diagnostics().errors();
            containers.add(one(scope, vmid, byName.keySet(), order.of(asked.name())));
            if (context.diagnostics().errors() > mistakes) {
                flawed.add(scope.address);
            }
            needs.addAll(scope.needs);
        });
        refuseMixedModes(containers, context);
        refuseUnknownHealth(merged, byName, context);
        return new Resolved<>(containers, flawed, needs);
    }

    static Map<String, List<Declaration>> byName(List<Declaration> declarations) {
        Map<String, List<Declaration>> byName = new LinkedHashMap<>();
        declarations.forEach(declaration -> byName.computeIfAbsent(declaration.name(), n -> new ArrayList<>())
                .add(declaration));
        return byName;
    }

    private static Container one(Scope scope, VmId vmid, Set<String> names, int order) {
        Merged asked = scope.asked;
        refuseOtherNode(scope);
        Container.Origin origin = OriginResolver.resolve(scope);
        ImageReference image = origin instanceof Container.Origin.Image made ? made.reference() : null;
        Boolean privileged = privileged(scope, image != null);
        boolean raw = privileged != null
                ? privileged
                : scope.conf() != null && !"1".equals(scope.conf().option("unprivileged"));
        Container.Root root = RootResolver.resolve(scope);
        IdMode ids = IdMode.resolve(scope, raw, image);
        VolumeResolver volumes = new VolumeResolver(scope, image, ids);
        volumes.resolve();
        SortedMap<String, String> options = new TreeMap<>();
        SortedMap<String, String> defaults = new TreeMap<>();
        SortedMap<String, String> lines = new TreeMap<>();
        OptionResolver.resolve(scope, raw, origin, order, options, defaults);
        ProgramResolver.resolve(scope, image, options, lines);
        Located<Boolean> docker = asked.one(ContainerKeys.REQUIRES_DOCKER);
        if (docker != null && docker.value()) {
            // Docker brings a profile of its own, which the host's AppArmor does not let it load from inside.
            lines.put("lxc.apparmor.profile", "unconfined");
        }
        List<Container.Variable> env = ProgramEnv.complete(scope, image, EnvResolver.resolve(scope, image));
        ImageEnv.keep(scope, image, env);
        Located<String> hostname = asked.one(ContainerKeys.HOSTNAME);
        Located<String> pool = asked.one(ContainerKeys.POOL);
        if (pool != null) {
            options.put("pool", pool.value());
            if (!scope.context.facts().resourcePools().contains(pool.value())) {
                scope.error(
                        "container.pool-unknown",
                        "there is no resource pool " + pool.value() + " on the host",
                        pool.span(),
                        "Make it: pvesh create /pools --poolid " + pool.value());
            }
        }
        String host = hostname != null ? hostname.value() : scope.found != null ? scope.found.name() : asked.name();
        if (scope.found == null && !ContainerShapes.isHostname(host)) {
            scope.error(
                    "container.hostname",
                    "\"" + host + "\" cannot be a host name: letters, digits and - are allowed",
                    asked.span(),
                    "Say hostname: as well, without _ and without - at the end.");
        }
        scope.choices.put("vmid", vmid.toString());
        AtCreation.choose(scope, vmid, image);
        Located<Boolean> protect = asked.one(ContainerKeys.PROTECT);
        scope.choices.put(Leaving.PROTECT, Boolean.toString(protect == null || protect.value()));
        String ports = asked.list(ContainerKeys.PORTS).stream()
                .map(port -> port.value().port() + "/" + port.value().protocol())
                .collect(Collectors.joining(","));
        if (!ports.isEmpty()) {
            scope.choices.put("ports", ports);
        }
        TreeSet<String> tags = new TreeSet<>();
        asked.list(ContainerKeys.TAGS).forEach(tag -> tags.add(tag.value()));
        if (!scope.existing && scope.inputs.defaults() != null) {
            List<Located<String>> more = scope.inputs.defaults().valueOr(ContainerKeys.TAGS, List.of());
            more.forEach(tag -> tags.add(tag.value()));
        }
        Located<String> state = asked.one(ContainerKeys.STATE);
        PropertyString net = NetResolver.resolve(scope, image != null);
        Published.need(scope, net);
        Located<String> restart = asked.one(ContainerKeys.RESTART);
        if (restart != null && restart.value().equals("always")) {
            scope.needs.add(new Need.OfRestart(scope.address, vmid, restart.span()));
        }
        return new Container(
                scope.address,
                asked.name(),
                host,
                vmid,
                asked.one(ContainerKeys.VMID) != null,
                origin,
                root,
                privileged,
                options,
                defaults,
                net,
                volumes.table().mounts(),
                volumes.table().files(),
                DeviceResolver.resolve(scope),
                env,
                lines,
                tags,
                labels(scope, net),
                PostInstall.of(scope),
                UpdateRule.of(asked),
                HealthKeys.of(scope),
                healthyFirst(asked),
                state == null ? null : state.value(),
                dependencies(scope, origin, volumes, names),
                scope.choices,
                scope.notes,
                asked.span());
    }

    /** Its labels, which are also told to the programs that find services by them. */
    private static SortedMap<String, String> labels(Scope scope, @Nullable PropertyString net) {
        SortedMap<String, Located<String>> located = new TreeMap<>();
        for (Declaration declaration : scope.asked.all()) {
            declaration.fields().valueOr(ContainerKeys.LABELS, new TreeMap<>()).forEach((name, value) -> {
                Located<String> other = located.putIfAbsent(name, value);
                if (other != null && !other.value().equals(value.value())) {
                    scope.error(
                            "container.conflict",
                            "container " + scope.asked.name() + " is given two different values for the label " + name,
                            value.span(),
                            "It is one container, declared in several places: say it once.");
                }
            });
        }
        if (!located.isEmpty()) {
            GuestConf conf = scope.conf();
            PropertyString card =
                    net != null ? net : PropertyString.parse(String.valueOf(conf == null ? "" : conf.option("net0")));
            String ip = String.valueOf(card.get("ip"));
            scope.needs.add(new Need.OfDiscovery(
                    scope.address,
                    scope.asked.name(),
                    located,
                    ip.contains("/") ? ip.substring(0, ip.indexOf('/')) : null,
                    scope.asked.list(ContainerKeys.PORTS).stream()
                            .filter(port -> port.value().protocol().equals("tcp"))
                            .map(port -> Integer.toString(port.value().port()))
                            .toList(),
                    scope.asked.span()));
        }
        SortedMap<String, String> labels = new TreeMap<>();
        located.forEach((name, value) -> labels.put(name, value.value()));
        return labels;
    }

    private static @Nullable Boolean privileged(Scope scope, boolean image) {
        Located<Boolean> asked = scope.asked.one(ContainerKeys.PRIVILEGED);
        if (asked != null && asked.value() && image) {
            scope.error(
                    "container.privileged-image",
                    "Proxmox cannot unpack an image into a privileged container",
                    asked.span(),
                    "Take privileged: out; give it devices: and features: instead, or use a template.");
        }
        return asked != null ? asked.value() : scope.existing ? null : Boolean.FALSE;
    }

    private static Set<Address> dependencies(
            Scope scope, Container.Origin origin, VolumeResolver volumes, Set<String> names) {
        Set<Address> after = new TreeSet<>();
        for (Located<Dependency> each : scope.asked.list(ContainerKeys.DEPENDS_ON)) {
            Located<String> other = new Located<>(each.value().name(), each.span());
            if (other.value().equals(scope.asked.name())) {
                scope.error(
                        "container.depends-on",
                        "container " + other.value() + " depends on itself",
                        other.span(),
                        null);
            } else if (!names.contains(other.value())) {
                scope.error(
                        "container.depends-on",
                        "container " + scope.asked.name() + " depends on " + other.value()
                                + ", which is not in the file" + Nearest.suggestion(other.value(), names),
                        other.span(),
                        null);
            } else {
                after.add(Container.addressOf(other.value()));
            }
        }
        for (Mount mount : volumes.table().mounts()) {
            Place place = mount.place();
            if (place != null) {
                after.add(place.address());
            }
        }
        for (Need need : scope.needs) {
            switch (need) {
                case Need.OfDirectory directory ->
                    after.add(new Address("directory", directory.path().value()));
                case Need.OfDataset dataset ->
                    after.add(new Address("dataset", dataset.name().value()));
                case Need.OfStorage storage -> after.add(new Address("storage", storage.id()));
                case Need.OfTemplate template -> after.add(new Address("template", template.file()));
                case Need.OfImage _,
                        Need.OfGroup _,
                        Need.OfPackage _,
                        Need.OfOwner _,
                        Need.OfForward _,
                        Need.OfDiscovery _,
                        Need.OfRestart _ -> {}
            }
        }
        if (origin instanceof Container.Origin.Image image && image.reference().digest() != null && scope.made()) {
            after.add(ImageArchive.address(image.reference()));
        }
        return after;
    }

    private static void refuseOtherNode(Scope scope) {
        Located<String> node = scope.orDefault(ContainerKeys.NODE);
        if (node != null && !node.value().equals(scope.facts().node().name())) {
            scope.error(
                    "container.other-node",
                    "node: " + node.value() + " is not the machine that is planned for, which is "
                            + scope.facts().node().name(),
                    node.span(),
                    "One file describes one node for now.");
        }
    }

    private static Set<Address> healthyFirst(Merged asked) {
        return asked.list(ContainerKeys.DEPENDS_ON).stream()
                .map(Located::value)
                .filter(Dependency::healthy)
                .map(other -> Container.addressOf(other.name()))
                .collect(Collectors.toSet());
    }

    private static void refuseUnknownHealth(
            List<Merged> merged, Map<String, List<Declaration>> byName, ResolveContext context) {
        merged.forEach(asked -> {
            for (Located<Dependency> other : asked.list(ContainerKeys.DEPENDS_ON)) {
                List<Declaration> its = byName.get(other.value().name());
                if (other.value().healthy()
                        && its != null
                        && its.stream().noneMatch(each -> each.fields().has(HealthKeys.HEALTH))) {
                    context.diagnostics()
                            .add(Diagnostic.error(
                                            "container.no-health",
                                            "container " + asked.name() + " waits until "
                                                    + other.value().name()
                                                    + " is healthy, and nothing says how to tell that")
                                    .at(other.span())
                                    .help("Give " + other.value().name()
                                            + " a health:, or depend on it without the condition."));
                }
            }
        });
    }

    /** One writes 1000, another 101000, and neither can change the other's files. */
    private static void refuseMixedModes(List<Container> containers, ResolveContext context) {
        Map<DatasetName, Container> writers = new HashMap<>();
        for (Container container : containers) {
            for (Mount mount : container.mounts()) {
                Place place = mount.place();
                if (place == null || mount.readonly()) {
                    continue;
                }
                Container other = writers.putIfAbsent(place.dataset(), container);
                String mode = container.choices().get("id_mode");
                if (other != null
                        && mode != null
                        && !mode.equals(other.choices().get("id_mode"))) {
                    context.diagnostics()
                            .add(Diagnostic.error(
                                            "container.id-modes",
                                            "containers " + other.name() + " and " + container.name()
                                                    + " both write to " + place.dataset()
                                                    + ", with different ids on disk")
                                    .at(container.span())
                                    .help("One is privileged and the other is not, or they are from different times."
                                            + " Let one of them only read (:ro), or make both alike."));
                }
            }
        }
    }
}
