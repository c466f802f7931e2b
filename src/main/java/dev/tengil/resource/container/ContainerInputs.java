package dev.tengil.resource.container;

import dev.tengil.model.Fields;
import dev.tengil.model.ImageReference;
import dev.tengil.model.Parsed;
import dev.tengil.resource.ImagePin;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What containers need besides their declarations.
 *
 * @param defaults the mapping behind {@code defaults}, read by {@link ContainerKeys#DEFAULTS}; null when absent
 * @param lock what stands in {@code tengil.lock} by the reference in the file
 * @param file the text of a file named in the configuration, relative to it
 */
public record ContainerInputs(
        @Nullable Fields defaults, Map<ImageReference, ImagePin> lock, Function<String, Parsed<String>> file) {}
