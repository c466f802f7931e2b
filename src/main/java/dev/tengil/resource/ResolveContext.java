package dev.tengil.resource;

import dev.tengil.model.Diagnostics;
import dev.tengil.resource.facts.Facts;

/**
 * What a kind may look at while it turns declarations into resources. Problems go into the diagnostics, with their place in the file.
 *
 * @param applied earlier choices are sticky: they win over making a new one
 */
public record ResolveContext(Facts facts, Applied applied, Places places, Ids ids, Diagnostics diagnostics) {}
