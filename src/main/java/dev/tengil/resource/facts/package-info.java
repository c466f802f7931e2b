/**
 * What was observed on a host at one moment, and the few commands that observe it. Gathered by subject, not by kind: several kinds look
 * at the same dataset, path or file, and reading is one breath.
 */
@NullMarked
package dev.tengil.resource.facts;

import org.jspecify.annotations.NullMarked;
