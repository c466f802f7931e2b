package dev.tengil.cli;

import dev.tengil.host.Host;
import dev.tengil.host.HostException;
import java.time.Duration;

/** Takes the lock of a stack for a command that changes something. */
final class Locking {

    private Locking() {}

    /** Ours until closed; if another has it, says who, and stops. */
    static Host.LockAttempt.Held take(Session session, Duration patience) throws Stopped {
        Output output = session.output();
        try {
            return switch (session.host()
                    .lock(session.store().files().directory(), Holder.line(output.io()), patience)) {
                case Host.LockAttempt.Held held -> held;
                case Host.LockAttempt.Busy(String holder) -> {
                    output.error(
                            "lock.held",
                            "another apply is at work: " + holder,
                            "Wait for it, or let tg apply wait: --lock-timeout 5m");
                    throw new Stopped(Exit.LOCKED);
                }
            };
        } catch (HostException e) {
            throw Session.broken(output, e);
        }
    }
}
