package dev.tengil.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The simulated host answers what the real programs were recorded to answer; that they still do is seen on the test machine. */
class ContractTest {

    private static final Path DIFFERENT = Path.of("target/contract");

    @TestFactory
    Stream<DynamicTest> the_simulated_host_answers_as_the_real_one_did() throws IOException {
        return Contract.all().stream().map(contract -> DynamicTest.dynamicTest(contract.name(), () -> check(contract)));
    }

    private static void check(Contract contract) throws IOException {
        Contract simulated = contract.answered(OnSimulator.run(contract));
        if (!simulated.toString().equals(contract.toString())) {
            simulated.write(Files.createDirectories(DIFFERENT));
        }
        assertThat(simulated.toString())
                .as("diff %s %s", Contract.FOLDER, DIFFERENT)
                .isEqualTo(contract.toString());
    }

    @Test
    void there_is_enough_to_agree_on() throws IOException {
        assertThat(Contract.all().stream().mapToInt(each -> each.steps().size()).sum())
                .isGreaterThan(300);
    }
}
