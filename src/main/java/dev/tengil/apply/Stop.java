package dev.tengil.apply;

import java.util.concurrent.atomic.AtomicBoolean;

/** Set by the first Ctrl-C, a TERM, or a lost lock: what runs may finish, nothing new begins. */
public final class Stop {

    private final AtomicBoolean asked = new AtomicBoolean();

    /** Asks to stop; returns whether it was the first time. */
    public boolean ask() {
        return asked.compareAndSet(false, true);
    }

    public boolean isAsked() {
        return asked.get();
    }
}
