package dev.tengil.host.sim.pve;

import dev.tengil.host.sim.Call;
import dev.tengil.host.sim.Program;
import dev.tengil.host.sim.pve.guest.Proxmox;
import dev.tengil.host.sim.pve.guest.PveFailure;
import dev.tengil.host.sim.pve.guest.Storage;
import dev.tengil.host.sim.pve.guest.Tasks;
import dev.tengil.host.sim.pve.guest.TemplateOffer;
import dev.tengil.host.sim.pve.guest.VolumeFiles;
import java.util.List;
import java.util.Locale;

/** {@code pveam update|available|list|download|remove}. */
final class PveamProgram implements Program {

    private static final int FAILED = 255;

    @Override
    public int run(Call call) {
        Proxmox pve = new Proxmox(call.world());
        List<String> words = call.arguments();
        String command = words.isEmpty() ? "" : words.getFirst();
        try {
            return switch (command) {
                case "update" -> {
                    if (Templates.isReachable(pve)) {
                        call.out("update successful");
                    } else {
                        // It exits with 0 all the same.
                        call.err("update failed - see /var/log/pveam.log for details");
                    }
                    yield 0;
                }
                case "available" -> available(call, pve, words);
                case "list" -> list(call, pve, word(words, 1));
                case "download" -> download(call, pve, word(words, 1), word(words, 2));
                case "remove" -> {
                    VolumeFiles.free(pve, word(words, 1));
                    yield 0;
                }
                default ->
                    call.fail(
                            FAILED,
                            "ERROR: unknown command 'pveam " + command + "'\nUSAGE: pveam <COMMAND> [ARGS] [OPTIONS]");
            };
        } catch (PveFailure failure) {
            call.err(failure.printed("pveam " + command + " [OPTIONS]").stripTrailing());
            return failure.exit();
        }
    }

    private static String word(List<String> words, int index) {
        if (index >= words.size()) {
            throw PveFailure.usage("not enough arguments");
        }
        return words.get(index);
    }

    private static int available(Call call, Proxmox pve, List<String> words) {
        int option = Math.max(words.indexOf("--section"), words.indexOf("-section"));
        String section = option > 0 ? word(words, option + 1) : "";
        if (!List.of("", "system", "mail", "turnkeylinux").contains(section)) {
            throw PveFailure.parameter(
                    "section",
                    "value '" + section + "' does not have a value in the enumeration 'system, mail, turnkeylinux'");
        }
        List<TemplateOffer> offers = Templates.offers(pve);
        if (offers.isEmpty() && !Templates.isReachable(pve)) {
            for (String index : List.of("download.proxmox.com", "releases.turnkeylinux.org")) {
                call.err("unable to open file '/var/lib/pve-manager/apl-info/" + index
                        + "' - No such file or directory");
            }
        }
        for (TemplateOffer offer : offers) {
            if (section.isEmpty() || section.equals(offer.section())) {
                call.out(String.format(Locale.ROOT, "%-15s %s", offer.section(), offer.file()));
            }
        }
        return 0;
    }

    private static Storage storage(Proxmox pve, String id) {
        Storage storage = pve.storages().find(id);
        if (storage == null) {
            throw PveFailure.of(2, "storage '" + id + "' does not exist");
        }
        return storage;
    }

    private static int list(Call call, Proxmox pve, String id) {
        List<StorageViews.Item> items = StorageViews.content(pve, storage(pve, id)).stream()
                .filter(item -> item.content().equals("vztmpl"))
                .toList();
        call.out(String.format(Locale.ROOT, "%-60s %-6s", "NAME", "SIZE"));
        for (StorageViews.Item item : items) {
            String size = String.format(Locale.ROOT, "%.2fMB", item.size() / 1048576.0);
            call.out(String.format(Locale.ROOT, "%-60s %-6s", item.volid(), size));
        }
        return 0;
    }

    private static int download(Call call, Proxmox pve, String id, String file) {
        Tasks.Task task = Templates.download(pve, storage(pve, id), file);
        task.log().forEach(call::out);
        String error = task.error();
        return error == null ? 0 : call.fail(FAILED, error);
    }
}
