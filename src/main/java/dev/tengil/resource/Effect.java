package dev.tengil.resource;

/** What changing a field costs; ordered from cheap to dear. */
public enum Effect {
    /** Takes effect at once. */
    LIVE,
    /** Takes effect when the container starts the next time. */
    RESTART,
    /** Only a new one can have it. */
    RECREATE
}
