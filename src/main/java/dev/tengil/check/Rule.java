package dev.tengil.check;

import dev.tengil.model.Diagnostic;
import java.util.List;

/** One thing that no kind can see alone, because it lies between several resources or between them and the whole host. Pure. */
interface Rule {

    /** What is wrong; nothing when all is well. */
    List<Diagnostic> check(Preflight preflight);
}
