package dev.tengil.resource;

import dev.tengil.model.Address;
import dev.tengil.model.Span;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One thing that the file asks for, fully resolved: every choice is made. Implementations are records of values. */
public interface Resource {

    /** Its stable name. */
    Address address();

    /** What must be there first. Addresses that the plan does not touch count as done. */
    Set<Address> dependsOn();

    /** Where the file asks for it; null for what only follows from other things (a missing package). */
    @Nullable
    Span span();
}
