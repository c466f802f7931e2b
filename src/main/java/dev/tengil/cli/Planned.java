package dev.tengil.cli;

import dev.tengil.model.Diagnostics;
import dev.tengil.plan.Desired;
import dev.tengil.plan.Plan;
import dev.tengil.resource.facts.Facts;

/** What was planned, with everything it was planned from. */
record Planned(Facts facts, Desired desired, Plan plan, Diagnostics diagnostics) {}
