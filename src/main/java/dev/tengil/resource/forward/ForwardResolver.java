package dev.tengil.resource.forward;

import dev.tengil.host.HostFile;
import dev.tengil.model.Diagnostic;
import dev.tengil.model.HostPath;
import dev.tengil.resource.Need;
import dev.tengil.resource.ResolveContext;
import dev.tengil.resource.Resolved;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Turns the ports that containers publish into forwards, each port of the node once. */
public final class ForwardResolver {

    /** What has to be read to know what forwards there are. */
    public static SortedSet<HostPath> files(String stack) {
        ForwardFile file = new ForwardFile(stack);
        return new TreeSet<>(List.of(ForwardFile.FOLDER, file.unitFile(), file.enabled()));
    }

    /** All of them; a port that is taken is said, and is none. */
    public Resolved<Forward> resolve(Collection<Need.OfForward> needs, ResolveContext context) {
        SortedMap<String, Forward> forwards = new TreeMap<>();
        List<Need> packages = new ArrayList<>();
        for (Need.OfForward need : needs) {
            Forward forward = new Forward(
                    need.port(),
                    need.protocol(),
                    need.by().name(),
                    need.inside(),
                    target(need.v4(), need.gateway4(), context),
                    need.v6() == null ? null : target(need.v6(), need.gateway6(), context),
                    need.span());
            String port = forward.address().name();
            Forward before = forwards.putIfAbsent(port, forward);
            if (before != null) {
                refuse(
                        "forward.twice",
                        "port " + port + " of the node cannot lead both to " + before.container() + " and to "
                                + forward.container(),
                        "Give one of them another port of the node: OTHER:" + need.inside() + ".",
                        need,
                        context);
            }
            String taken = taken(port, context);
            if (taken != null) {
                refuse(
                        "forward.port-taken",
                        "port " + port + " of the node cannot lead to " + forward.container() + ": " + taken,
                        "Take another port of the node: OTHER:" + need.inside() + ".",
                        need,
                        context);
            }
            packages.add(new Need.OfPackage(forward.address(), ForwardFile.PACKAGE, need.span()));
        }
        return new Resolved<>(List.copyOf(forwards.values()), packages);
    }

    private static Forward.Target target(String cidr, @Nullable String gateway, ResolveContext context) {
        return new Forward.Target(
                cidr, gateway != null && context.facts().ports().addresses().contains(gateway));
    }

    private static @Nullable String taken(String port, ResolveContext context) {
        String program = context.facts().ports().listening().get(port);
        if (program != null) {
            return program + " listens there";
        }
        HostPath own = new ForwardFile(context.applied().stack()).path();
        for (Map.Entry<HostPath, HostFile> each : context.facts().files().entrySet()) {
            HostPath path = each.getKey();
            if (path.parent().equals(ForwardFile.FOLDER)
                    && !path.equals(own)
                    && ForwardFile.said(each.getValue().content().text()).containsKey(port)) {
                return "another stack forwards it (" + path + ")";
            }
        }
        return null;
    }

    private static void refuse(String code, String message, String help, Need.OfForward need, ResolveContext context) {
        context.diagnostics()
                .add(Diagnostic.error(code, message).at(need.span()).help(help));
    }
}
