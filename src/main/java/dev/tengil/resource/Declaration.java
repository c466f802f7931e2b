package dev.tengil.resource;

import dev.tengil.model.DatasetName;
import dev.tengil.model.Fields;
import dev.tengil.model.Span;
import org.jspecify.annotations.Nullable;

/**
 * One place of tengil.yml that asks for a resource. The same container may be declared in several places.
 *
 * @param name as the file names it
 * @param fields what it says
 * @param dataset the dataset under which it stands; null at the top level
 * @param span where
 */
public record Declaration(
        String name, Fields fields, @Nullable DatasetName dataset, Span span) {}
