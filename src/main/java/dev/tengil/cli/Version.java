package dev.tengil.cli;

/** The version of this tengil, as in pom.xml; a test holds the two together. */
final class Version {

    static final String TEXT = "0.1.0";

    private Version() {}
}
