package dev.tengil.cli;

import com.google.gson.JsonObject;
import dev.tengil.apply.Event;
import dev.tengil.apply.Failure;
import dev.tengil.apply.Single;
import dev.tengil.cli.view.ApplyView;
import dev.tengil.host.Command;
import dev.tengil.host.Host;
import dev.tengil.host.HostException;
import dev.tengil.resource.Operation;
import dev.tengil.resource.container.Container;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code tg start|stop|restart NAME}: one operation under the lock. */
final class PowerCommand implements CliCommand {

    /** A guest may take its time to shut down. */
    private static final Duration DEADLINE = Duration.ofMinutes(5);

    /** What is done to the container. */
    enum Verb {
        START("start", "started"),
        STOP("shutdown", "stopped"),
        RESTART("reboot", "restarted");

        private final String word;
        private final String done;

        Verb(String word, String done) {
            this.word = word;
            this.done = done;
        }
    }

    private final Verb verb;

    PowerCommand(Verb verb) {
        this.verb = verb;
    }

    @Override
    public void describe(CommandSpec spec) {
        spec.addPositional(Words.container());
    }

    @Override
    public Exit run(ParseResult arguments, Output output) {
        try (Session session = Session.open(output);
                Host.LockAttempt.Held held = Locking.take(session, Duration.ZERO)) {
            return act(session.reloaded(), held, arguments.matchedPositionalValue(0, ""));
        } catch (Stopped e) {
            return e.exit();
        }
    }

    private Exit act(Session session, Host.LockAttempt.Held held, String name) throws Stopped {
        Output output = session.output();
        ContainerSearch.Found found = ContainerSearch.find(session, name);
        boolean nothing = verb == Verb.START ? found.running() : verb == Verb.STOP && !found.running();
        if (nothing) {
            return done(found, false, output);
        }
        if (!held.alive()) {
            throw Session.broken(output, new HostException(HostException.Kind.LOCK_LOST, "the lock is no longer ours"));
        }
        // A container that is off cannot be rebooted, but starting it is what was meant.
        String word = verb == Verb.RESTART && !found.running() ? Verb.START.word : verb.word;
        Operation operation = Operation.Run.of(
                word + " container " + found.vmid(),
                Command.changes(List.of("pct", word, found.vmid().toString())).withDeadline(DEADLINE));
        ApplyView view =
                new ApplyView(output.io().err(), output.ink(), output.detail(), dev.tengil.cli.view.Rows.none());
        try {
            Failure failure = new Single(
                            session.host(),
                            session.store(),
                            view,
                            session.output().io().pauses())
                    .run(session.applied(), Container.addressOf(found.name()), operation);
            if (failure != null) {
                view.accept(new Event.Warning(failure.reason()));
                failure.lastLines().forEach(line -> output.io().err().println("      | " + line));
                output.error(
                        "container." + word,
                        "container " + found.name() + " (" + found.vmid() + ") was not " + verb.done,
                        failure.advice());
                return Exit.ERROR;
            }
        } catch (HostException e) {
            throw Session.broken(output, e);
        }
        return done(found, true, output);
    }

    private Exit done(ContainerSearch.Found found, boolean changed, Output output) {
        if (output.globals().json()) {
            JsonObject json = new JsonObject();
            json.addProperty("format", 1);
            json.addProperty("container", found.name());
            json.addProperty("vmid", found.vmid().value());
            json.addProperty("running", verb != Verb.STOP);
            json.addProperty("changed", changed);
            output.document(json);
        } else if (!output.globals().quiet()) {
            output.result(found.name() + " (" + found.vmid() + ") "
                    + (changed ? "was " + verb.done : verb == Verb.START ? "runs already" : "is stopped already")
                    + ".\n");
        }
        return Exit.OK;
    }
}
