package dev.tengil.apply;

import dev.tengil.host.HostException;
import java.time.Duration;

/** How to wait; a port, so that the simulated host need not be waited for. */
@FunctionalInterface
public interface Pauses {

    /** Returns when the time is over. */
    void pause(Duration time) throws HostException;

    /** Really waits. */
    Pauses REAL = time -> {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HostException(HostException.Kind.INTERRUPTED, "interrupted while waiting", e);
        }
    };
}
