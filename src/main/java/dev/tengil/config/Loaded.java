package dev.tengil.config;

import dev.tengil.model.Diagnostics;
import dev.tengil.model.Fields;
import org.jspecify.annotations.Nullable;

/**
 * What came of reading a configuration.
 *
 * @param fields what could be read; with errors in {@code diagnostics}, refused values are absent from it. Null when the text is no
 *     mapping at all
 * @param diagnostics everything that was found, in the order of the file
 */
public record Loaded(@Nullable Fields fields, Diagnostics diagnostics, Source source) {}
