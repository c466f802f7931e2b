package dev.tengil.cli;

/** Asks before something is changed; without somebody to ask, only {@code --yes} agrees. */
final class Agreement {

    private Agreement() {}

    /** Returns when it was agreed to. */
    static void to(String question, boolean yes, Output output) throws Stopped {
        if (yes) {
            return;
        }
        if (!output.io().interactive() || output.globals().json()) {
            output.error("apply.not-agreed", "nobody is there to agree to this", "Agree beforehand: --yes");
            throw new Stopped(Exit.REFUSED);
        }
        output.io().out().print(question + " [y/N] ");
        output.io().out().flush();
        String answer = Question.line(output.io().in());
        if (!answer.equalsIgnoreCase("y") && !answer.equalsIgnoreCase("yes")) {
            output.say("Nothing was done.");
            throw new Stopped(Exit.REFUSED);
        }
    }
}
