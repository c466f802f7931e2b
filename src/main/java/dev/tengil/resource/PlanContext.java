package dev.tengil.resource;

import dev.tengil.model.Diagnostics;
import dev.tengil.resource.facts.Facts;

/** What a kind may look at while it plans. Refusals go into the diagnostics; an error among them stops the plan. */
public record PlanContext(Facts facts, Applied applied, PlanOptions options, Pulls pulls, Diagnostics diagnostics) {}
