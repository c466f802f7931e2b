package dev.tengil.apply;

import dev.tengil.host.Host;
import dev.tengil.host.HostException;
import dev.tengil.resource.HealthCheck;
import dev.tengil.resource.Operation;
import dev.tengil.resource.facts.Health;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Asks until a container is healthy, or has failed once too often after the time that it may take to start. */
final class HealthWait {

    /** While it starts it is asked more often than later: nobody wants to wait for longer than it takes. */
    private static final Duration WHILE_STARTING = Duration.ofSeconds(2);

    private final Host host;
    private final Pauses pauses;

    HealthWait(Host host, Pauses pauses) {
        this.host = host;
        this.pauses = pauses;
    }

    @Nullable
    Failure run(Operation.AwaitHealth await) throws HostException {
        HealthCheck check = await.check();
        Duration passed = Duration.ZERO;
        int failures = 0;
        while (true) {
            long asked = System.nanoTime();
            Health health = Health.ask(host, await.vmid(), check);
            passed = passed.plusNanos(System.nanoTime() - asked);
            String problem = health.problem();
            if (problem == null) {
                return null;
            }
            boolean starting = passed.compareTo(check.startPeriod()) < 0;
            failures = starting ? 0 : failures + 1;
            if (!health.running() || failures >= check.retries()) {
                return failure(await, problem, passed);
            }
            Duration pause =
                    starting && WHILE_STARTING.compareTo(check.interval()) < 0 ? WHILE_STARTING : check.interval();
            pauses.pause(pause);
            passed = passed.plus(pause);
        }
    }

    private static Failure failure(Operation.AwaitHealth await, String problem, Duration waited) {
        return new Failure(
                await,
                await.name() + " is not healthy: " + problem + " ("
                        + await.check().shown() + ", waited " + waited.toSeconds() + " s)",
                null,
                null,
                "Look why: tg logs " + await.name()
                        + ". If it only needs longer to start, give its health: a longer start_period.");
    }
}
