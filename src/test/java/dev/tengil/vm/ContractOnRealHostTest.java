package dev.tengil.vm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tengil.contract.Contract;
import dev.tengil.contract.OnShell;
import dev.tengil.host.Result;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * The real programs answer what is written down, so that what the simulated host is held to is true.
 *
 * <p>{@code UPDATE_CONTRACT=NAME,…}, or {@code all}, writes down what they answer now; the difference in git is then to be read.
 */
@Tag("vm")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ContractOnRealHostTest {

    private static final String UPDATE = System.getenv("UPDATE_CONTRACT");

    private TestMachine machine;

    @BeforeAll
    void reach() throws Exception {
        machine = TestMachine.fresh();
    }

    @AfterAll
    void giveBack() throws Exception {
        if (machine != null) {
            machine.giveBack();
        }
    }

    @TestFactory
    Stream<DynamicTest> the_real_programs_answer_as_written() throws IOException {
        return Contract.all().stream()
                .filter(contract -> UPDATE == null || updated(contract))
                .map(contract -> DynamicTest.dynamicTest(contract.name(), () -> check(contract)));
    }

    private static boolean updated(Contract contract) {
        return UPDATE != null
                && (UPDATE.equals("all") || List.of(UPDATE.split(",", -1)).contains(contract.name()));
    }

    private void check(Contract contract) throws Exception {
        machine.reset();
        String printed = machine.sh("set +e\n" + OnShell.script(contract)).text();
        List<Result> results = OnShell.results(printed);
        assertThat(results).as(printed).hasSameSizeAs(contract.steps());
        Contract answered = contract.answered(results);
        if (updated(contract)) {
            answered.write();
        } else {
            assertThat(answered.toString()).isEqualTo(contract.toString());
        }
    }
}
