package dev.tengil.oci;

import java.io.IOException;

/** What came could not be put where it should go: not the registry's fault. */
final class LocalFailure extends IOException {
    private static final long serialVersionUID = 1L;

    LocalFailure(IOException cause) {
        super(cause.getMessage(), cause);
    }
}
