package dev.tengil.host.sim;

/** One program of the simulated host. */
public interface Program {

    /** Runs to its end and gives the exit code. */
    int run(Call call);
}
