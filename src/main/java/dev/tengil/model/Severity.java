package dev.tengil.model;

/** How bad a diagnostic is. */
public enum Severity {
    /** Stops the run. */
    ERROR,
    /** The run goes on; the person should know. */
    WARNING,
    /** Worth saying once. */
    NOTE
}
