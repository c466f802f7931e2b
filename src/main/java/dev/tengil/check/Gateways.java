package dev.tengil.check;

import dev.tengil.model.Diagnostic;
import dev.tengil.resource.container.Container;
import dev.tengil.resource.container.PropertyString;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A gateway is another machine of the same network; else packets find no way out, and only that is seen of the mistake. */
final class Gateways implements Rule {

    @Override
    public List<Diagnostic> check(Preflight preflight) {
        List<Diagnostic> found = new ArrayList<>();
        for (Container container : preflight.containers()) {
            PropertyString net = container.net();
            String ip = net == null ? null : net.get("ip");
            byte[] gateway = net == null ? null : address(net.get("gw"));
            byte[] own = ip == null ? null : address(ip.replaceFirst("/.*", ""));
            if (net != null
                    && ip != null
                    && ip.contains("/")
                    && gateway != null
                    && own != null
                    && own.length == gateway.length) {
                look(container, ip, String.valueOf(net.get("gw")), common(own, gateway), found);
            }
        }
        return found;
    }

    private static void look(Container container, String ip, String gateway, int common, List<Diagnostic> found) {
        String bits = ip.substring(ip.indexOf('/') + 1);
        if (common == Integer.SIZE) {
            found.add(Diagnostic.warning(
                            "container.gateway-unreachable",
                            "container " + container.name() + " has its own address " + gateway + " as gateway")
                    .at(container.span())
                    .help("The gateway is the router's address."));
        } else if (bits.matches("\\d{1,2}") && common < Integer.parseInt(bits)) {
            found.add(Diagnostic.warning(
                            "container.gateway-unreachable",
                            "the gateway " + gateway + " of container " + container.name()
                                    + " is not in the network of its address " + ip)
                    .at(container.span())
                    .help("Compare the first numbers of the two, and the prefix behind the slash."));
        }
    }

    /** How many bits of the two are the same from the left. */
    private static int common(byte[] a, byte[] b) {
        int bits = 0;
        for (int i = 0; i < a.length; i++) {
            int differing = (a[i] ^ b[i]) & 0xff;
            if (differing != 0) {
                return bits + Integer.numberOfLeadingZeros(differing) - 24;
            }
            bits += Byte.SIZE;
        }
        return bits;
    }

    private static byte @Nullable [] address(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            return InetAddress.ofLiteral(text).getAddress();
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
