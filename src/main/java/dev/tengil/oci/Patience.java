package dev.tengil.oci;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/**
 * Asks again after a while where a server says that it is busy: as long as it wants ({@code Retry-After}), or a little longer each time.
 * A wait that would end behind the deadline is not begun.
 */
final class Patience {
    private static final int TOO_MANY = 429;
    private static final int MOST_TROUBLES = 2;
    private static final int MOST_WAITS = 8;

    private final Deadline deadline;
    private final Clock clock;
    private int waits;

    Patience(Deadline deadline) {
        this(deadline, Clock.systemUTC());
    }

    Patience(Deadline deadline, Clock clock) {
        this.deadline = deadline;
        this.clock = clock;
    }

    /** A question that may be put again. */
    interface Question {
        Answer put() throws RegistryException;
    }

    /** The first answer that is not "later", or the last. */
    Answer answer(Question question) throws RegistryException {
        while (true) {
            Answer answer = question.put();
            Duration wait = wait(answer);
            if (wait == null || wait.compareTo(deadline.left()) >= 0) {
                return answer;
            }
            try {
                Thread.sleep(wait);
            } catch (InterruptedException e) {
                throw RegistryException.interrupted(e);
            }
        }
    }

    private @Nullable Duration wait(Answer answer) {
        boolean limited = answer.status() == TOO_MANY;
        boolean trouble = answer.status() >= 500;
        boolean worthIt = limited || (trouble && waits < MOST_TROUBLES);
        if (!worthIt || waits >= MOST_WAITS) {
            return null;
        }
        Duration little = Duration.ofMillis(500L << waits);
        waits++;
        Duration asked = asked(answer, clock);
        return asked == null ? little : asked;
    }

    /** How long it wants to be left alone: seconds or a date; null when it does not say. */
    static @Nullable Duration asked(Answer answer, Clock clock) {
        String text = answer.header("Retry-After").map(String::strip).orElse("");
        if (text.matches("\\d{1,9}")) {
            return Duration.ofSeconds(Long.parseLong(text));
        }
        try {
            Duration until = Duration.between(
                    clock.instant(),
                    ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant());
            return until.isNegative() ? Duration.ZERO : until;
        } catch (DateTimeException e) {
            return null;
        }
    }
}
