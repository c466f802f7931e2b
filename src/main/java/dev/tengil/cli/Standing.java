package dev.tengil.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import dev.tengil.host.Host;
import dev.tengil.host.HostException;
import dev.tengil.resource.Applied;
import dev.tengil.resource.HealthCheck;
import dev.tengil.resource.container.Container;
import dev.tengil.resource.container.Waiting;
import dev.tengil.resource.facts.Facts;
import dev.tengil.resource.facts.Guest;
import dev.tengil.resource.facts.GuestAddress;
import dev.tengil.resource.facts.Health;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * One container as it is now.
 *
 * @param waiting what is set and waits for a restart
 * @param urls where it is to be found
 * @param health null where nobody said how to tell it, or it does not run
 */
record Standing(
        Container container,
        String state,
        List<String> waiting,
        List<String> urls,
        @Nullable Health health) {

    /** A person waits for it, whatever patience the file has. */
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private static final int AT_ONCE = 8;

    /** All of the file, asked side by side. */
    static List<Standing> all(Host host, Planned planned, Applied applied) throws HostException {
        List<Container> containers = planned.desired().of(Container.class);
        List<Standing> all = new ArrayList<>();
        try (ExecutorService threads =
                Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().factory())) {
            List<Future<Standing>> asked = containers.stream()
                    .map(container -> threads.submit(() -> of(host, container, planned.facts(), applied)))
                    .toList();
            for (Future<Standing> each : asked) {
                all.add(each.get());
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof HostException broken) {
                throw broken;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HostException(HostException.Kind.INTERRUPTED, "interrupted while looking at the host", e);
        }
        return all;
    }

    private static Standing of(Host host, Container container, Facts facts, Applied applied) throws HostException {
        Guest guest = facts.guests().get(container.vmid());
        if (guest == null) {
            return new Standing(container, "not there yet", List.of(), List.of(), null);
        }
        List<String> waiting = List.copyOf(Waiting.names(guest, applied.get(container.address())));
        if (!guest.running()) {
            return new Standing(container, "stopped", waiting, List.of(), null);
        }
        GuestAddress seen = GuestAddress.of(host, container.vmid());
        return new Standing(
                container, "running", waiting, Services.urls(container, seen), health(host, container, seen));
    }

    private static @Nullable Health health(Host host, Container container, GuestAddress seen) throws HostException {
        HealthCheck asked = container.health();
        if (asked == null) {
            return null;
        }
        HealthCheck check = asked.timeout().compareTo(LONGEST) > 0 ? asked.within(LONGEST) : asked;
        String address = seen.address();
        return check.probe() instanceof HealthCheck.Probe.Exec || address == null
                ? Health.ask(host, container.vmid(), check)
                : new Health(true, Health.problem(host, address, check));
    }

    /** The line of a person's list; name and number stand in front of it. */
    String line() {
        Health seen = health;
        String problem = seen == null ? null : seen.problem();
        return state
                + (seen == null ? "" : problem == null ? ", healthy" : ", not healthy")
                + (urls.isEmpty() ? "" : "  " + String.join("  ", urls))
                + (problem == null ? "" : "\n      not healthy: " + problem)
                + (waiting.isEmpty() ? "" : "\n      waits for a restart: " + String.join(", ", waiting));
    }

    JsonObject json() {
        JsonObject each = new JsonObject();
        each.addProperty("name", container.name());
        each.addProperty("vmid", container.vmid().value());
        each.addProperty("state", state);
        each.add("pendingRestart", list(waiting));
        each.add("urls", list(urls));
        Health seen = health;
        if (seen == null) {
            each.add("health", JsonNull.INSTANCE);
        } else {
            JsonObject found = new JsonObject();
            found.addProperty("healthy", seen.problem() == null);
            found.addProperty("problem", seen.problem());
            each.add("health", found);
        }
        return each;
    }

    private static JsonArray list(List<String> words) {
        JsonArray array = new JsonArray();
        words.forEach(array::add);
        return array;
    }
}
