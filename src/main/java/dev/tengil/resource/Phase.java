package dev.tengil.resource;

/** The two phases of a plan: everything of the first is done before anything of the second starts. */
public enum Phase {
    /** Additive and harmless: pull, download, inspect. What can fail early fails here. */
    PREPARE,
    /** The rest. */
    CHANGE
}
