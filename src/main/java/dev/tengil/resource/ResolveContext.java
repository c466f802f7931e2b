package dev.tengil.resource;

import dev.tengil.model.Diagnostics;
import dev.tengil.resource.facts.Facts;

/**
 * What a kind may look at while it turns declarations into resources. Problems go into the diagnostics, with their place in the file.
 *
 * @param applied earlier choices are sticky: they win over making a new one
 * @param options what is to be made anew needs what a new one needs
 */
public record ResolveContext(
        Facts facts, Applied applied, PlanOptions options, Places places, Ids ids, Diagnostics diagnostics) {}
