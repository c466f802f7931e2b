package dev.tengil.host.sim.pve;

import com.google.gson.JsonElement;
import dev.tengil.host.sim.pve.guest.Tasks;

/** What a call of the API gives back. */
sealed interface Answer {

    /** Data, as JSON has it; may be JSON null. */
    record Data(JsonElement value) implements Answer {}

    /** Nothing: the call's declared result is null. */
    record Nothing() implements Answer {}

    /** The UPID of a worker, which has ended already. */
    record Worker(Tasks.Task task) implements Answer {}
}
