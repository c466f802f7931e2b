package dev.tengil.resource.container;

import dev.tengil.model.Located;
import dev.tengil.resource.Need;
import dev.tengil.resource.facts.GuestConf;
import org.jspecify.annotations.Nullable;

/** The ports of a container that the node is to forward, which wants to know for good where the container is. */
final class Published {

    private Published() {}

    static void need(Scope scope, @Nullable PropertyString owned) {
        if (owned == null && scope.conf() == null) {
            // One that does not exist is complained of elsewhere.
            return;
        }
        PropertyString net = owned == null ? present(scope) : owned;
        for (Located<PortSpec> port : scope.asked.list(ContainerKeys.PORTS)) {
            PortSpec spec = port.value();
            if (!spec.isForwarded()) {
                continue;
            }
            String v4 = net.get("ip");
            if (v4 == null || !v4.contains("/")) {
                scope.error(
                        "container.needs-address",
                        "port " + spec.host() + " of the node cannot lead to " + scope.asked.name()
                                + ", which has no address that stays",
                        port.span(),
                        "Give it one: network: {ip: 192.168.1.20/24, gateway: 192.168.1.1}. Without a forward, "
                                + spec.port() + " alone, the app is reached at the container's own address.");
                continue;
            }
            String v6 = net.get("ip6");
            scope.needs.add(new Need.OfForward(
                    scope.address,
                    spec.host(),
                    spec.protocol(),
                    spec.port(),
                    v4,
                    net.get("gw"),
                    v6 != null && v6.contains("/") ? v6 : null,
                    net.get("gw6"),
                    port.span()));
        }
    }

    private static PropertyString present(Scope scope) {
        GuestConf conf = scope.conf();
        String net = conf == null ? null : conf.option("net0");
        return PropertyString.parse(net == null ? "" : net);
    }
}
