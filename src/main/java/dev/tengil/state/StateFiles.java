package dev.tengil.state;

import dev.tengil.model.HostPath;
import dev.tengil.resource.StateFolder;

/** Where a stack's state lies on its host: one folder, 0700, files 0600. */
public record StateFiles(HostPath directory) {

    /** The folder of a stack. */
    public static StateFiles of(String stack) {
        return new StateFiles(StateFolder.of(stack));
    }

    /** What was applied. */
    public HostPath state() {
        return directory.resolve("state.json");
    }

    /** What an apply means to do and has done since the state was saved. */
    public HostPath journal() {
        return directory.resolve("journal.jsonl");
    }

    /** Values of generated secrets. */
    public HostPath secrets() {
        return directory.resolve("secrets.json");
    }
}
