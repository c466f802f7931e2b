package dev.tengil.check;

import dev.tengil.resource.Applied;
import dev.tengil.resource.Resource;
import dev.tengil.resource.container.Container;
import dev.tengil.resource.container.Mount;
import dev.tengil.resource.container.PropertyString;
import dev.tengil.resource.facts.Facts;
import dev.tengil.resource.facts.Guest;
import dev.tengil.resource.facts.GuestConf;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What rules look at, and the one question that all of them ask: is this new? What stands on the host already and stays as it is shall
 * never block a plan.
 */
record Preflight(Collection<? extends Resource> desired, Facts facts, Applied applied) {

    /** Those of one kind, by name. */
    <R extends Resource> List<R> of(Class<R> type) {
        return desired.stream().filter(type::isInstance).map(type::cast).toList();
    }

    List<Container> containers() {
        return of(Container.class);
    }

    /** The guest that the container is already; null when it will be made. */
    @Nullable
    Guest guest(Container container) {
        return facts.guests().get(container.vmid());
    }

    boolean isNew(Container container) {
        return guest(container) == null;
    }

    /** The container's config on the host; null when it has none here. */
    @Nullable
    GuestConf conf(Container container) {
        Guest guest = guest(container);
        return guest == null ? null : guest.conf();
    }

    /** Whether it is only there to be copied: it never runs. */
    static boolean isTemplate(Guest guest) {
        return guest.conf() != null && "1".equals(guest.conf().option("template"));
    }

    /** Whether it runs once the plan is carried out. */
    boolean willRun(Container container) {
        Guest guest = guest(container);
        return "running".equals(container.state()) || (container.state() == null && (guest == null || guest.running()));
    }

    /** Whether the container has this very bind mount already. */
    boolean isBound(Container container, Mount mount) {
        GuestConf conf = conf(container);
        return conf != null
                && conf.options().entrySet().stream()
                        .filter(option -> option.getKey().startsWith("mp"))
                        .map(Map.Entry::getValue)
                        .map(PropertyString::parse)
                        .anyMatch(found -> found.first().equals(mount.source().value())
                                && mount.target().value().equals(found.get("mp")));
    }
}
