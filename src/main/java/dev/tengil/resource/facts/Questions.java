package dev.tengil.resource.facts;

import dev.tengil.host.Command;
import dev.tengil.host.Host;
import dev.tengil.host.HostException;
import dev.tengil.host.HostFile;
import dev.tengil.host.Result;
import dev.tengil.model.Diagnostics;
import dev.tengil.model.HostPath;
import java.util.Collection;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

/** Commands that are asked at once and answered when each is needed. */
final class Questions implements AutoCloseable {

    /** What a shell answers for a program that is not installed. */
    private static final int MOST_LINES = 4;

    private static final int NOT_FOUND = 127;

    private final Host host;
    private final Diagnostics diagnostics;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    Questions(Host host, Diagnostics diagnostics) {
        this.host = host;
        this.diagnostics = diagnostics;
    }

    Diagnostics diagnostics() {
        return diagnostics;
    }

    /** An answer; that of a program that is not installed, or was not asked, is empty and missing. */
    record Answer(Command command, Result result, boolean missing) {
        String text() {
            return missing ? "" : result.out();
        }

        String errors() {
            return missing ? "" : result.err();
        }

        boolean failed() {
            return !missing && !command.okExits().contains(result.exit());
        }
    }

    private static Answer nothing(Command command) {
        return new Answer(command, Result.of(NOT_FOUND, "", ""), true);
    }

    Future<SortedMap<HostPath, HostFile>> files(Collection<HostPath> paths) {
        return threads.submit(() -> host.read(paths));
    }

    <T> Future<T> submit(Callable<T> question) {
        return threads.submit(question);
    }

    Future<Answer> command(Command command) {
        return threads.submit(() -> {
            Result result = host.run(command);
            return new Answer(command, result, result.exit() == NOT_FOUND);
        });
    }

    Future<Answer> commandIf(boolean asked, Command command) {
        return asked ? command(command) : CompletableFuture.completedFuture(nothing(command));
    }

    /** The answer, whatever it is. */
    Answer plainly(Future<Answer> future) throws HostException {
        return await(future, nothing(Command.reads("true")));
    }

    /** Some programs begin by telling what they are about to do, so their first line alone says nothing. */
    static String said(String errors) {
        String said = errors.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .limit(MOST_LINES)
                .collect(Collectors.joining(" / "));
        return said.isEmpty() ? "no message" : said;
    }

    /** The answer, with a diagnostic if the command failed or said more than was kept. */
    Answer answer(Future<Answer> future) throws HostException {
        Answer answer = plainly(future);
        if (answer.failed()) {
            Observer.unreadable(
                    diagnostics,
                    answer.command(),
                    "exit code " + answer.result().exit() + ", " + said(answer.errors()));
            return nothing(answer.command());
        }
        if (answer.result().truncated()) {
            Observer.unreadable(diagnostics, answer.command(), "it is too long");
            return nothing(answer.command());
        }
        return answer;
    }

    <T> T await(Future<T> future, T otherwise) throws HostException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof HostException broken) {
                throw broken;
            }
            if (e.getCause() instanceof RuntimeException defect) {
                throw defect;
            }
            return otherwise;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HostException(HostException.Kind.INTERRUPTED, "interrupted while looking at the host", e);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
