package dev.tengil.contract;

import dev.tengil.host.Bytes;
import dev.tengil.host.Command;
import dev.tengil.host.Result;
import dev.tengil.host.sim.Faults;
import dev.tengil.host.sim.SimulatedHost;
import java.util.ArrayList;
import java.util.List;

/** Carries a contract out on a simulated machine that is as the test machine after its first start. */
final class OnSimulator {

    private static final String WORLD = """
            proxmox: false
            pools: {tank: {size: 8G}}
            packages: {samba: '2:4.22.11+dfsg-0+deb13u1', nfs-kernel-server: '1:2.8.3-1', acl: 2.3.2-2}
            files: {/etc/samba/smb.conf: "", /etc/exports: "", /etc/exports.d: {directory: true}}
            """;

    private OnSimulator() {}

    static List<Result> run(Contract contract) {
        SimulatedHost host = SimulatedHost.inMemory(WORLD, Faults.none()).orThrow();
        List<Result> results = new ArrayList<>();
        for (Contract.Line.Step step : contract.steps()) {
            if (step.byHand()) {
                host.look(world -> {
                    new Deed(step.words(), step.stdin()).on(world);
                    return true;
                });
                results.add(Result.of(0, "", ""));
            } else {
                results.add(host.run(Command.changes(step.words()).withStdin(Bytes.utf8(step.stdin()))));
            }
        }
        return results;
    }
}
