package dev.tengil.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.tengil.check.OciSupport;
import dev.tengil.cli.view.PlanJson;
import dev.tengil.host.Host;
import dev.tengil.host.HostException;
import dev.tengil.model.Diagnostic;
import dev.tengil.resource.facts.Facts;
import dev.tengil.resource.facts.Node;
import java.util.ArrayList;
import java.util.List;

/** {@code tg oci status}: what the host's Proxmox can do with images, what it lacks, and what brings that. */
final class OciStatus {

    private static final String UPGRADE = "Upgrade the host: apt update && apt dist-upgrade";

    private OciStatus() {}

    static Exit run(Output output) throws Stopped {
        try (Host host = Targets.open(output, DoctorFile.host(output))) {
            Facts facts = OciList.look(host, output);
            Node node = facts.node();
            String version = node.versions().get("pve-manager");
            if (!node.proxmox() || version == null) {
                output.error(
                        "host.no-proxmox",
                        "Proxmox VE is not installed on " + host.name() + ", so it makes no containers",
                        "Name a Proxmox host: --host ssh://root@ADDRESS");
                return Exit.ERROR;
            }
            List<OciSupport> all = OciSupport.of(node);
            boolean skopeo = facts.packages().contains("skopeo");
            List<Diagnostic> warnings = new ArrayList<>();
            OciSupport.harm(node).ifPresent(warnings::add);
            boolean possible = all.stream().allMatch(each -> each.supported() || !each.needed());
            if (output.globals().json()) {
                output.document(json(host, node, version, all, skopeo, possible, warnings));
            } else {
                output.result("Host " + host.name() + ", node " + node.name() + ": Proxmox VE " + version + "\n");
                all.forEach(each -> output.result(check(each).line(output.ink())));
                output.result(skopeo(skopeo).line(output.ink()));
                output.result(end(all, version, possible));
            }
            output.diagnostics(warnings, null);
            return possible ? Exit.OK : Exit.ERROR;
        } catch (HostException e) {
            throw Session.broken(output, e);
        }
    }

    private static HostCheck check(OciSupport each) {
        if (each.supported()) {
            return new HostCheck(each.name(), HostCheck.Grade.OK, each.what(), null);
        }
        return new HostCheck(
                each.name(),
                each.needed() ? HostCheck.Grade.MISSING : HostCheck.Grade.ABSENT,
                each.pack() + " " + each.since() + " brings it; "
                        + (each.installed() == null ? "none is installed" : each.installed() + " is installed"),
                each.without());
    }

    private static HostCheck skopeo(boolean there) {
        return there
                ? new HostCheck("skopeo", HostCheck.Grade.OK, "the program that pulls is installed", null)
                : new HostCheck(
                        "skopeo",
                        HostCheck.Grade.ABSENT,
                        "the program that pulls is not installed",
                        "Install it on the host: apt-get install skopeo");
    }

    private static String end(List<OciSupport> all, String version, boolean possible) {
        if (all.stream().allMatch(OciSupport::supported)) {
            return "Everything that tengil uses is there.\n";
        }
        boolean older = version.matches("[1-8]\\..*");
        return (possible ? "What is absent comes by an upgrade. " : "This host makes no containers from images. ")
                + (older
                        ? "They need Proxmox VE 9.1 or later;\na new main version has steps of its own: see Proxmox's"
                                + " upgrade guide.\n"
                        : "\n" + UPGRADE + "\n");
    }

    private static JsonObject json(
            Host host,
            Node node,
            String version,
            List<OciSupport> all,
            boolean skopeo,
            boolean possible,
            List<Diagnostic> warnings) {
        JsonObject root = new JsonObject();
        root.addProperty("format", 1);
        root.addProperty("host", host.name());
        root.addProperty("node", node.name());
        root.addProperty("proxmox", version);
        root.addProperty("possible", possible);
        root.addProperty("skopeo", skopeo);
        root.add("diagnostics", PlanJson.diagnostics(warnings));
        JsonArray support = new JsonArray();
        for (OciSupport each : all) {
            JsonObject json = new JsonObject();
            json.addProperty("name", each.name());
            json.addProperty("supported", each.supported());
            json.addProperty("package", each.pack());
            json.addProperty("since", each.since());
            if (each.installed() != null) {
                json.addProperty("installed", each.installed());
            }
            support.add(json);
        }
        root.add("support", support);
        return root;
    }
}
