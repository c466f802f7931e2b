package dev.tengil.host.sim.pve;

import dev.tengil.host.sim.Call;
import dev.tengil.host.sim.Program;
import dev.tengil.host.sim.pve.guest.Answering;
import dev.tengil.host.sim.pve.guest.Proxmox;
import java.net.URI;
import java.util.Map;

/** {@code wget -nv -S … -O /dev/null URL} of an app in a container (GNU Wget 1.25). */
final class WgetProgram implements Program {

    private static final int NETWORK = 4;
    private static final int SERVER = 8;
    private static final int LEAST_ERROR = 400;
    private static final int LEAST_REDIRECT = 300;
    private static final Map<Integer, String> PHRASES = Map.of(
            200,
            "OK",
            204,
            "No Content",
            302,
            "Found",
            401,
            "Unauthorized",
            404,
            "Not Found",
            500,
            "Internal Server Error",
            503,
            "Service Unavailable");

    @Override
    public int run(Call call) {
        String url = call.argv().getLast();
        if (!url.startsWith("http")) {
            return call.fail(1, "wget: missing URL");
        }
        URI uri = URI.create(url);
        String host = uri.getHost().replace("[", "").replace("]", "");
        int port = uri.getPort() > 0 ? uri.getPort() : url.startsWith("https") ? 443 : 80;
        return switch (Answering.reply(new Proxmox(call.world()), host, port)) {
            case Answering.Reply.Status(int code) -> answered(call, url, code);
            case Answering.Reply.Refused _ -> call.fail(NETWORK, "failed: Connection refused.");
            case Answering.Reply.NoRoute _ -> call.fail(NETWORK, "failed: No route to host.");
        };
    }

    private static int answered(Call call, String url, int code) {
        String phrase = PHRASES.getOrDefault(code, "Something");
        call.err("  HTTP/1.1 " + code + " " + phrase);
        call.err("  Content-Length: 0");
        if (code >= LEAST_ERROR) {
            call.err(url + ":");
            return call.fail(SERVER, "1970-01-01 00:00:00 ERROR " + code + ": " + phrase + ".");
        }
        return code >= LEAST_REDIRECT ? call.fail(SERVER, "0 redirections exceeded.") : 0;
    }
}
