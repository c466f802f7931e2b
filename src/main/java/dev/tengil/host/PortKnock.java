package dev.tengil.host;

import java.time.Duration;
import java.util.List;

/**
 * The command that connects to a TCP port and hangs up: bash, which every Debian has, opens it by itself. The shell text is constant;
 * address and port travel as {@code $1} and {@code $2}.
 */
public final class PortKnock {

    public static final String SCRIPT = "exec 3<>\"/dev/tcp/$1/$2\"";

    private PortKnock() {}

    /**
     * @param address of either family, without brackets
     */
    public static Command command(String address, int port, Duration timeout) {
        return Command.reads(List.of("bash", "-c", SCRIPT, "tengil-knock", address, Integer.toString(port)))
                .withDeadline(timeout);
    }
}
