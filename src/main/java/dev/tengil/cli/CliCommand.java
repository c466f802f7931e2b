package dev.tengil.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** One command: says what it takes, and runs. */
interface CliCommand {

    /** Adds options and parameters, beyond the global ones. */
    void describe(CommandSpec spec);

    /** Does its work; what it throws is a defect. */
    Exit run(ParseResult arguments, Output output);
}
