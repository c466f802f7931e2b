package dev.tengil.config;

/** Where the value of a secret comes from. */
public sealed interface SecretSource {

    /** An environment variable of the machine that runs tengil. */
    record FromVariable(String variable) implements SecretSource {}

    /**
     * A file on the machine that runs tengil.
     *
     * @param path as written; a relative one counts from the directory of the configuration
     */
    record FromFile(String path) implements SecretSource {}

    /** Made once and kept in the secret store of the target. */
    record Generated(int length) implements SecretSource {}
}
