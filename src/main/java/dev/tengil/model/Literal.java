package dev.tengil.model;

import org.jspecify.annotations.Nullable;

/**
 * A scalar as it was written in the file.
 *
 * @param text the source text, unquoted and unescaped; {@code 0755} and {@code 1.10} keep every character
 * @param plain whether it was written without quotes, so that {@code 8} may be meant as a number
 * @param secret set when it stands for a secret: {@code !secret name} or a text into which a secret was put; {@code text} then
 *     names it and shows nothing
 */
public record Literal(String text, boolean plain, @Nullable Secret secret) {}
