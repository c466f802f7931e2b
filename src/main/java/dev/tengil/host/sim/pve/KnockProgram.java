package dev.tengil.host.sim.pve;

import dev.tengil.host.PortKnock;
import dev.tengil.host.sim.Call;
import dev.tengil.host.sim.Program;
import dev.tengil.host.sim.pve.guest.Answering;
import dev.tengil.host.sim.pve.guest.Proxmox;
import java.util.List;

/** {@code bash -c} with the one text that tengil sends it: connect and hang up. */
final class KnockProgram implements Program {

    @Override
    public int run(Call call) {
        List<String> words = call.arguments();
        if (words.size() != 5 || !words.get(1).equals(PortKnock.SCRIPT)) {
            return call.fail(2, "bash: the simulated host knows only how to connect to a port");
        }
        String place = "/dev/tcp/" + words.get(3) + "/" + words.get(4);
        return switch (Answering.reply(new Proxmox(call.world()), words.get(3), Integer.parseInt(words.get(4)))) {
            case Answering.Reply.Status _ -> 0;
            case Answering.Reply.Refused _ -> failed(call, words.get(2), place, "Connection refused");
            case Answering.Reply.NoRoute _ -> failed(call, words.get(2), place, "No route to host");
        };
    }

    private static int failed(Call call, String name, String place, String why) {
        call.err(name + ": connect: " + why);
        return call.fail(1, name + ": line 1: " + place + ": " + why);
    }
}
