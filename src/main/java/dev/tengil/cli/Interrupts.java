package dev.tengil.cli;

import dev.tengil.apply.Stop;
import dev.tengil.cli.view.ApplyView;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;

/**
 * The first signal lets running operations finish and the state be saved; a second Ctrl-C ends at once and says what may be half done.
 *
 * <p>A shutdown hook is the one portable way to learn of the first, and holds the end of the process back until the apply is over. Java
 * is deaf to a second one from then on; but Ctrl-C on a terminal goes to the whole process group, so a child that only waits learns of it.
 */
final class Interrupts {

    /** 128 and the number of SIGINT: how a child ends that Ctrl-C ended. */
    private static final int ENDED_BY_CTRL_C = 130;

    private final CountDownLatch over = new CountDownLatch(1);
    private final Stop stop;
    private final Output output;
    private final Running running;
    private final ApplyView view;
    private final Thread hook = new Thread(this::interrupted, "interrupted");

    private Interrupts(Stop stop, Output output, Running running, ApplyView view) {
        this.stop = stop;
        this.output = output;
        this.running = running;
        this.view = view;
    }

    static Interrupts install(Stop stop, Output output, Running running, ApplyView view) {
        Interrupts interrupts = new Interrupts(stop, output, running, view);
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

    private void interrupted() {
        if (over.getCount() == 0) {
            return;
        }
        stop.ask();
        listen();
        view.aside(() -> output.say("\nStopping: what runs may finish first. Ctrl-C again stops at once."));
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        output.io().out().flush();
        Runtime.getRuntime().halt(Exit.INTERRUPTED.code());
    }

    /** From here on a second one is heard. */
    private void listen() {
        try {
            // It reads a pipe that nothing is written to: it ends by a signal, or with us.
            Process child = new ProcessBuilder("cat")
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            Thread.ofPlatform().daemon().start(() -> second(child));
        } catch (IOException e) {
            // without cat there is no second way out but kill -9
        }
    }

    private void second(Process child) {
        try {
            if (child.waitFor() == ENDED_BY_CTRL_C && over.getCount() > 0) {
                String doing = running.text();
                output.io()
                        .err()
                        .print("Stopped at once; the journal holds what was done."
                                + (doing.isEmpty() ? "\n" : " May be half done:\n" + doing)
                                + "Run tg apply again: it looks first.\n");
                output.io().err().flush();
                Runtime.getRuntime().halt(Exit.INTERRUPTED.code());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
