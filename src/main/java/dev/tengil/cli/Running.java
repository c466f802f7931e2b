package dev.tengil.cli;

import dev.tengil.apply.Event;
import dev.tengil.model.Address;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/** What is being done at this moment, so that an end at once can say what may be half done. */
final class Running {

    private final Map<Address, String> doing = new ConcurrentSkipListMap<>();

    void note(Event event) {
        switch (event) {
            case Event.Started(var step) -> doing.put(step.address(), "");
            case Event.Operating(var step, var operation) -> doing.put(step.address(), operation.title());
            case Event.Done(var step, var _) -> doing.remove(step.address());
            case Event.Failed(var step, var _, var _) -> doing.remove(step.address());
            case Event.Output _,
                    Event.Pulling _,
                    Event.Retrying _,
                    Event.NotUndone _,
                    Event.Skipped _,
                    Event.Warning _ -> {
                // nothing begins or ends by these
            }
        }
    }

    /** One line per step that runs; empty when none does. */
    String text() {
        StringBuilder text = new StringBuilder();
        doing.forEach((address, title) -> text.append("  ")
                .append(address)
                .append(title.isEmpty() ? "" : ": " + title)
                .append('\n'));
        return text.toString();
    }
}
