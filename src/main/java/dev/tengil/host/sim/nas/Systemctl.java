package dev.tengil.host.sim.nas;

import dev.tengil.host.Bytes;
import dev.tengil.host.sim.Call;
import dev.tengil.host.sim.Inode;
import dev.tengil.host.sim.Program;
import dev.tengil.host.sim.Programs;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * {@code systemctl}: units are started, stopped, enabled and asked about. What a unit of {@code Type=oneshot} starts is run when the
 * simulated host has the program; of others nothing but their state is kept.
 */
final class Systemctl implements Program {

    private static final int NOT_FOUND = 5;
    private static final int UNKNOWN = 4;
    private static final int NOT_RUNNING = 3;
    private static final Set<String> FLAGS =
            Set.of("--now", "--quiet", "-q", "--no-pager", "--no-block", "--system", "--value");
    private static final String DEAD = "dead";

    private final Programs programs;

    Systemctl(Programs programs) {
        this.programs = programs;
    }

    @Override
    public int run(Call call) {
        List<String> words = new ArrayList<>();
        List<String> flags = new ArrayList<>();
        List<String> properties = new ArrayList<>();
        List<String> arguments = call.arguments();
        for (int i = 0; i < arguments.size(); i++) {
            String word = arguments.get(i);
            if ((word.equals("-p") || word.equals("--property")) && i + 1 < arguments.size()) {
                properties.addAll(List.of(arguments.get(++i).split(",", -1)));
            } else if (word.startsWith("--property=")) {
                properties.addAll(List.of(word.substring("--property=".length()).split(",", -1)));
            } else if (FLAGS.contains(word)) {
                flags.add(word);
            } else if (word.startsWith("-") && !word.equals("--")) {
                return call.fail(
                        1,
                        "systemctl: "
                                + (word.startsWith("--")
                                        ? "unrecognized option '" + word + "'"
                                        : "invalid option -- '" + word.charAt(1) + "'"));
            } else if (!word.equals("--")) {
                words.add(word);
            }
        }
        String verb = words.isEmpty() ? "list-units" : words.getFirst();
        List<String> units = words.stream().skip(1).map(Units::full).toList();
        if (verb.equals("daemon-reload") && units.isEmpty()) {
            new Units(call.world()).reload();
            return 0;
        }
        if (units.isEmpty()
                && Set.of("start", "stop", "restart", "reload", "enable", "disable", "is-active", "is-enabled")
                        .contains(verb)) {
            return call.fail(1, "Too few arguments.");
        }
        return switch (verb) {
            case "start", "stop", "restart", "try-restart", "reload", "reload-or-restart" -> each(call, verb, units);
            case "enable", "disable" -> install(call, verb, units, flags.contains("--now"));
            case "is-active" -> active(call, units, flags.contains("-q") || flags.contains("--quiet"));
            case "is-enabled" -> enabled(call, units);
            case "show" -> show(call, units, properties, flags.contains("--value"));
            default -> call.fail(1, "Unknown command verb '" + verb + "'.");
        };
    }

    private int each(Call call, String verb, List<String> units) {
        int exit = 0;
        for (String unit : units) {
            int one = one(call, verb, unit);
            exit = one == 0 ? exit : one;
        }
        return exit;
    }

    private int one(Call call, String verb, String unit) {
        Units all = new Units(call.world());
        if (!all.exists(unit)) {
            return call.fail(NOT_FOUND, "Failed to " + verb + " " + unit + ": Unit " + unit + " not found.");
        }
        if (all.changed(unit)) {
            call.err("Warning: The unit file, source configuration file or drop-ins of " + unit
                    + " changed on disk. Run 'systemctl daemon-reload' to reload units.");
        }
        boolean runs = all.state(unit).equals("active");
        return switch (verb) {
            case "start" -> runs ? 0 : start(call, all, unit);
            case "stop" -> runs ? stop(call, all, unit) : 0;
            case "try-restart" -> runs ? restart(call, all, unit) : 0;
            case "reload" -> {
                if (!runs) {
                    yield call.fail(1, unit + " is not active, cannot reload.");
                }
                yield perform(call, all.values(unit, "ExecReload"));
            }
            default -> restart(call, all, unit);
        };
    }

    private int restart(Call call, Units all, String unit) {
        int stopped = all.state(unit).equals("active") ? stop(call, all, unit) : 0;
        return stopped == 0 ? start(call, all, unit) : stopped;
    }

    private int start(Call call, Units all, String unit) {
        boolean once = all.values(unit, "Type").contains("oneshot");
        if (once && perform(call, all.values(unit, "ExecStart")) != 0) {
            all.state(unit, "failed");
            return call.fail(
                    1,
                    "Job for " + unit
                            + " failed because the control process exited with error code.\nSee \"systemctl status "
                            + unit + "\" and \"journalctl -xeu " + unit + "\" for details.");
        }
        boolean stays =
                !once || all.values(unit, "RemainAfterExit").stream().anyMatch(value -> value.matches("yes|true|1|on"));
        all.state(unit, stays ? "active" : "inactive");
        return 0;
    }

    private int stop(Call call, Units all, String unit) {
        perform(call, all.values(unit, "ExecStop"));
        all.state(unit, "inactive");
        return 0;
    }

    /** Runs commands one behind the other; one that begins with a dash may fail. What they print goes to the journal. */
    private int perform(Call call, List<String> lines) {
        for (String line : lines) {
            boolean mayFail = line.startsWith("-");
            List<String> argv = List.of((mayFail ? line.substring(1) : line).split("\\s+"));
            Call inner = new Call(call.world(), argv, Bytes.EMPTY, said -> {});
            int exit = programs.has(argv.getFirst()) ? inner.exec(programs, argv, Bytes.EMPTY) : 0;
            if (exit != 0 && !mayFail) {
                return exit;
            }
        }
        return 0;
    }

    private int install(Call call, String verb, List<String> units, boolean now) {
        Units all = new Units(call.world());
        for (String unit : units) {
            if (!all.exists(unit)) {
                return call.fail(1, "Failed to " + verb + " unit: Unit " + unit + " does not exist");
            }
            for (String target : all.wantedBy(unit)) {
                String link = Units.link(target, unit);
                boolean there = call.world().disk().get(link) != null;
                if (verb.equals("enable") && !there) {
                    call.world().disk().mkdirs(link.substring(0, link.lastIndexOf('/')), 0755);
                    call.world()
                            .disk()
                            .put(
                                    link,
                                    Inode.symlink(
                                            Units.FOLDER + "/" + unit,
                                            call.world().now().getEpochSecond()));
                    call.err("Created symlink '" + link + "' → '" + Units.FOLDER + "/" + unit + "'.");
                } else if (verb.equals("disable") && there) {
                    call.world().disk().remove(link);
                    call.err("Removed '" + link + "'.");
                }
            }
        }
        return now ? each(call, verb.equals("enable") ? "start" : "stop", units) : 0;
    }

    /** One running unit is enough for success. */
    private static int active(Call call, List<String> units, boolean quiet) {
        Units all = new Units(call.world());
        int exit = UNKNOWN;
        for (String unit : units) {
            String state = all.state(unit);
            if (!quiet) {
                call.out(state);
            }
            exit = state.equals("active") || exit == 0 ? 0 : all.exists(unit) ? NOT_RUNNING : exit;
        }
        return exit;
    }

    private static int enabled(Call call, List<String> units) {
        Units all = new Units(call.world());
        int exit = 1;
        for (String unit : units) {
            String state = all.exists(unit) ? all.enabled(unit) : "not-found";
            call.out(state);
            exit = state.equals("enabled") || state.equals("static") || exit == 0
                    ? 0
                    : state.equals("not-found") ? UNKNOWN : exit;
        }
        return exit;
    }

    private static int show(Call call, List<String> units, List<String> properties, boolean bare) {
        Units all = new Units(call.world());
        for (String unit : units) {
            String state = all.state(unit);
            boolean exited = state.equals("active") && all.values(unit, "Type").contains("oneshot");
            Map<String, String> values = Map.of(
                    "Id",
                    unit,
                    "LoadState",
                    all.exists(unit) ? "loaded" : "not-found",
                    "ActiveState",
                    state,
                    "SubState",
                    exited ? "exited" : state.equals("active") ? "running" : state.equals("failed") ? "failed" : DEAD,
                    "UnitFileState",
                    all.exists(unit) ? all.enabled(unit) : "",
                    "Result",
                    state.equals("failed") ? "exit-code" : "success");
            for (String property :
                    properties.isEmpty() ? values.keySet().stream().sorted().toList() : properties) {
                String value = values.get(property);
                if (value != null) {
                    call.out(bare ? value : property + "=" + value);
                }
            }
        }
        return 0;
    }
}
