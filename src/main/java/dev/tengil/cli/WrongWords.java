package dev.tengil.cli;

import dev.tengil.model.Nearest;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What is wrong with a command line, said to a person. */
final class WrongWords {

    private WrongWords() {}

    static String message(ParameterException e, String command) {
        return switch (e) {
            case UnmatchedArgumentException unmatched -> unmatched(unmatched, command);
            case MissingParameterException missing
            when !missing.getMissing().isEmpty() -> missing(missing.getMissing().getFirst(), command);
            case OverwrittenOptionException twice -> name(twice.getOverwritten()) + " is said twice";
            default -> e.getArgSpec() != null && e.getValue() != null ? value(e.getArgSpec(), e.getValue()) : plain(e);
        };
    }

    private static String unmatched(UnmatchedArgumentException e, String command) {
        String word = e.getUnmatched().getFirst();
        if (!word.startsWith("-")) {
            return "tg " + command + " does not know what to do with \"" + word + "\"";
        }
        String option = word.contains("=") ? word.substring(0, word.indexOf('=')) : word;
        return "tg " + command + " has no option " + option
                + Nearest.suggestion(
                        option, e.getCommandLine().getCommandSpec().optionsMap().keySet());
    }

    private static String missing(ArgSpec wanted, String command) {
        return (wanted.isOption() ? name(wanted) : "tg " + command) + " wants " + wanted.paramLabel();
    }

    private static String value(ArgSpec wanted, Object value) {
        return name(wanted) + " " + value + ": "
                + (Integer.class.equals(wanted.type()) ? "that is no whole number" : "that cannot be");
    }

    private static String name(ArgSpec wanted) {
        return wanted instanceof OptionSpec option ? option.longestName() : wanted.paramLabel();
    }

    private static String plain(ParameterException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("wrong arguments");
    }
}
