package dev.tengil.host.sim.pve;

import com.google.gson.JsonObject;
import dev.tengil.host.Bytes;
import dev.tengil.host.sim.Call;
import dev.tengil.host.sim.Inode;
import dev.tengil.host.sim.pve.guest.GuestConfig;
import dev.tengil.host.sim.pve.guest.GuestProcess;
import dev.tengil.host.sim.pve.guest.GuestSnapshots;
import dev.tengil.host.sim.pve.guest.GuestText;
import dev.tengil.host.sim.pve.guest.Proxmox;
import dev.tengil.host.sim.pve.guest.PveFailure;
import dev.tengil.host.sim.pve.guest.Section;
import dev.tengil.host.sim.pve.schema.Format;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.TreeSet;

/** The commands of pct that print, or that have no counterpart in the API. */
final class PctViews {

    private final Call call;
    private final Proxmox pve;

    PctViews(Call call, Proxmox pve) {
        this.call = call;
        this.pve = pve;
    }

    int run(String command, List<String> words) {
        return switch (command) {
            case "list" -> list();
            case "config" -> config(vmid(words), words.contains("--current"));
            case "pending" -> pending(vmid(words));
            case "status" -> status(vmid(words), words.contains("--verbose") || words.contains("-verbose"));
            case "exec" -> exec(vmid(words), words.subList(1, words.size()));
            case "unlock" -> unlock(vmid(words));
            case "listsnapshot" -> snapshots(vmid(words));
            case "push" -> push(words);
            case "enter", "console" ->
                call.fail(255, "pct " + command + ": stdin is no terminal; the simulated host has none");
            default ->
                call.fail(255, "ERROR: unknown command 'pct " + command + "'\nUSAGE: pct <COMMAND> [ARGS] [OPTIONS]");
        };
    }

    private static int vmid(List<String> words) {
        if (words.isEmpty()) {
            throw PveFailure.usage("not enough arguments");
        }
        String wrong = Format.VMID.complaint(words.getFirst());
        if (wrong != null) {
            throw PveFailure.parameter("vmid", "invalid format - " + wrong + "\n");
        }
        return Integer.parseInt(words.getFirst());
    }

    private int list() {
        List<Integer> all = pve.guests().all();
        if (!all.isEmpty()) {
            call.out(row("VMID", "Status", "Lock", "Name"));
        }
        for (int vmid : all) {
            Section section = pve.guests().load(vmid).current();
            call.out(row(
                    Integer.toString(vmid),
                    pve.guests().isRunning(vmid) ? "running" : "stopped",
                    section.get("lock", ""),
                    section.get("hostname", "CT" + vmid)));
        }
        return 0;
    }

    private static String row(String vmid, String status, String lock, String name) {
        return String.format(Locale.ROOT, "%-10s %-10s %-12s %-20s", vmid, status, lock, name);
    }

    private int config(int vmid, boolean current) {
        GuestConfig config = pve.guests().load(vmid);
        Section section = current ? config.current() : config.effective();
        if (section.env().stream().anyMatch(item -> !item.matches("(?s)\\w+=[^\\x00-\\x08\\x0a-\\x1F\\x7F]*"))) {
            return call.fail(2, "400 Result verification failed\nenv: value does not match the regex pattern");
        }
        section.keys().forEach(key -> call.out(key + ": " + shown(key, section)));
        section.raw().forEach(line -> call.out(line.key() + ": " + GuestViews.utf8(line.value())));
        return 0;
    }

    private static String shown(String key, Section section) {
        String value = section.get(key, "");
        return key.equals("description") ? GuestText.encoded(value) : GuestViews.utf8(value);
    }

    private int pending(int vmid) {
        GuestConfig config = pve.guests().load(vmid);
        TreeSet<String> keys = new TreeSet<>(config.current().keys());
        keys.addAll(config.pending().keys());
        keys.addAll(config.deletes().keySet());
        for (String key : keys) {
            if (config.current().get(key) != null) {
                call.out("cur " + key + ": " + shown(key, config.current()));
            }
            if (config.pending().get(key) != null) {
                call.out("new " + key + ": " + shown(key, config.pending()));
            }
            if (config.deletes().containsKey(key)) {
                call.out("del " + key + ": " + shown(key, config.current()));
            }
        }
        return 0;
    }

    private int status(int vmid, boolean verbose) {
        pve.guests().load(vmid);
        if (!verbose) {
            call.out("status: " + (pve.guests().isRunning(vmid) ? "running" : "stopped"));
            return 0;
        }
        JsonObject status = GuestViews.status(pve, vmid);
        status.remove("cpu");
        new TreeMap<>(status.asMap()).forEach((key, value) -> call.out(key + ": " + value.getAsString()));
        return 0;
    }

    private int exec(int vmid, List<String> words) {
        List<String> argv = words;
        while (!argv.isEmpty()
                && argv.getFirst().startsWith("-")
                && !argv.getFirst().equals("--")) {
            argv = argv.subList(argv.getFirst().startsWith("--keep-env") ? 1 : Math.min(2, argv.size()), argv.size());
        }
        if (!argv.isEmpty() && argv.getFirst().equals("--")) {
            argv = argv.subList(1, argv.size());
        }
        if (argv.isEmpty()) {
            throw PveFailure.usage("not enough arguments");
        }
        return new GuestProcess(pve, vmid).run(argv, call);
    }

    private int unlock(int vmid) {
        GuestConfig config = pve.guests().load(vmid);
        config.current().remove("lock");
        pve.guests().save(vmid, config);
        return 0;
    }

    private int snapshots(int vmid) {
        new GuestSnapshots(pve, vmid).tree().forEach(call::out);
        return 0;
    }

    private int push(List<String> words) {
        if (words.size() < 3) {
            throw PveFailure.usage("not enough arguments");
        }
        int vmid = vmid(words);
        pve.guests().load(vmid);
        Inode file = pve.world().disk().follow(words.get(1));
        if (file == null) {
            throw PveFailure.of("failed to open " + words.get(1) + ": No such file or directory");
        }
        if (!pve.guests().isRunning(vmid)) {
            throw PveFailure.of("can't push file to a stopped CT");
        }
        Bytes content = file.content();
        new GuestProcess(pve, vmid).write(words.get(2), content);
        return 0;
    }
}
