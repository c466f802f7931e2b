package dev.tengil.cli;

import dev.tengil.apply.Stop;
import java.util.concurrent.CountDownLatch;

/**
 * The first signal lets running operations finish and the state be saved; a second one ends at once. A shutdown hook is the one portable
 * way to learn of a signal: it holds the end of the process back until the apply is over.
 */
final class Interrupts {

    private final CountDownLatch over = new CountDownLatch(1);
    private final Thread hook;

    private Interrupts(Stop stop, Output output) {
        hook = new Thread(() -> {
            if (over.getCount() == 0) {
                return;
            }
            stop.ask();
            output.say("\nStopping: what runs may finish, then the state is saved.");
            try {
                over.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            output.io().out().flush();
            Runtime.getRuntime().halt(Exit.INTERRUPTED.code());
        });
    }

    static Interrupts install(Stop stop, Output output) {
        Interrupts interrupts = new Interrupts(stop, output);
        Runtime.getRuntime().addShutdownHook(interrupts.hook);
        return interrupts;
    }

    void remove() {
        over.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the process is ending already: the hook goes on
        }
    }
}
