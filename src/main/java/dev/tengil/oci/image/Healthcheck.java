package dev.tengil.oci.image;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the image wants to be asked whether it is well. Proxmox does not know of it.
 *
 * @param test {@code CMD} and the words of a program, {@code CMD-SHELL} and a line for the shell, or {@code NONE}
 * @param interval null, as the others, when the image leaves it open
 * @param retries 0 when the image leaves it open
 */
public record Healthcheck(
        List<String> test,
        @Nullable Duration interval,
        @Nullable Duration timeout,
        @Nullable Duration startPeriod,
        int retries) {}
