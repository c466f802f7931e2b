package dev.tengil.resource;

import dev.tengil.host.Result;
import org.jspecify.annotations.Nullable;

/** Decides from what a command left behind whether it did its work; some programs exit 0 after failing. Pure. */
public interface Judge {

    /** Null when all is well, else one sentence saying what went wrong. */
    @Nullable
    String problem(Result result);
}
