package dev.tengil.host.sim.net;

import dev.tengil.host.sim.Call;
import dev.tengil.host.sim.Program;
import java.util.List;

/** {@code ss -H -l -n -t -u -p}: who listens on the node, of the programs that every such node has. */
public final class SsProgram implements Program {

    private record Socket(String protocol, String local, String peer, String program, String pkg) {}

    private static final List<Socket> SOCKETS = List.of(
            new Socket("udp", "0.0.0.0:111", "0.0.0.0:*", "rpcbind", ""),
            new Socket("tcp", "0.0.0.0:22", "0.0.0.0:*", "sshd", ""),
            new Socket("tcp", "[::]:22", "[::]:*", "sshd", ""),
            new Socket("tcp", "127.0.0.1:25", "0.0.0.0:*", "master", ""),
            new Socket("tcp", "0.0.0.0:111", "0.0.0.0:*", "rpcbind", ""),
            new Socket("tcp", "127.0.0.1:85", "0.0.0.0:*", "pvedaemon worke", "pve-manager"),
            new Socket("tcp", "*:8006", "*:*", "pveproxy", "pve-manager"),
            new Socket("tcp", "*:3128", "*:*", "spiceproxy", "pve-manager"),
            new Socket("tcp", "0.0.0.0:445", "0.0.0.0:*", "smbd", "samba"),
            new Socket("tcp", "0.0.0.0:139", "0.0.0.0:*", "smbd", "samba"),
            new Socket("tcp", "0.0.0.0:2049", "0.0.0.0:*", "", "nfs-kernel-server"));

    @Override
    public int run(Call call) {
        int pid = 900;
        for (Socket socket : SOCKETS) {
            pid++;
            if (socket.pkg().isEmpty() || call.world().texts("packages").contains(socket.pkg())) {
                call.out(String.format(
                        java.util.Locale.ROOT,
                        "%-5s %-6s 0      4096   %20s %15s %s",
                        socket.protocol(),
                        socket.protocol().equals("tcp") ? "LISTEN" : "UNCONN",
                        socket.local(),
                        socket.peer(),
                        socket.program().isEmpty()
                                ? ""
                                : "users:((\"" + socket.program() + "\",pid=" + pid + ",fd=6))"));
            }
        }
        return 0;
    }
}
