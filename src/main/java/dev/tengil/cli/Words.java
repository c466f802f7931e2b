package dev.tengil.cli;

import java.util.List;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Words behind a command's name. */
final class Words {

    private Words() {}

    /** The name of one container. */
    static PositionalParamSpec container() {
        return PositionalParamSpec.builder()
                .type(String.class)
                .index("0")
                .arity("1")
                .required(true)
                .paramLabel("NAME")
                .description("a container: its name in the file, its host name, or its number")
                .build();
    }

    /** All words. */
    static PositionalParamSpec all(String label, String description) {
        return PositionalParamSpec.builder()
                .type(List.class)
                .auxiliaryTypes(String.class)
                .arity("0..*")
                .paramLabel(label)
                .description(description)
                .build();
    }
}
