package dev.tengil.apply;

import dev.tengil.host.HostException;
import dev.tengil.resource.Applied;
import dev.tengil.state.StateStore;

/** How the state is brought to safety at the end; a port, because the last resorts (a file here, the screen) are not this room's. */
@FunctionalInterface
public interface Saving {

    /** Returns whether the state is on the host. */
    boolean save(StateStore store, Applied state);

    /** Only on the host; failing that, the rescue gets the text and the reason. */
    static Saving orElse(java.util.function.BiConsumer<String, String> rescue) {
        return (store, state) -> {
            try {
                store.save(state);
                return true;
            } catch (HostException e) {
                rescue.accept(StateStore.text(state), String.valueOf(e.getMessage()));
                return false;
            }
        };
    }
}
