package dev.tengil.host.sim.files;

import dev.tengil.host.sim.Program;
import dev.tengil.host.sim.Programs;
import java.util.LinkedHashMap;
import java.util.Map;

/** All file programs by name. */
public final class FilePrograms {

    private FilePrograms() {}

    public static Map<String, Program> all(Programs host) {
        Map<String, Program> programs = new LinkedHashMap<>();
        programs.put("stat", new Stat());
        programs.put("chown", new Chown());
        programs.put("chmod", new Chmod());
        programs.put("mkdir", new Mkdir());
        programs.put("mv", new Mv());
        programs.put("install", new Install());
        programs.put("cp", new Cp());
        programs.put("tail", new Tail());
        programs.put("rm", new Rm());
        programs.put("cat", new Cat());
        programs.put("setfacl", new Setfacl());
        programs.put("getfacl", new Getfacl());
        programs.put("dd", new Dd());
        programs.put("sed", new Sed());
        programs.put("find", new Find());
        programs.put("ls", new Ls());
        programs.put("readlink", new Readlink());
        programs.put("rmdir", new Rmdir());
        programs.put("test", new FileTest());
        programs.put("touch", new Touch());
        programs.put("xargs", new Xargs(host));
        programs.put("sh", new Sh(host));
        programs.put("sync", call -> 0);
        programs.put("true", call -> 0);
        programs.put("false", call -> 1);
        return programs;
    }
}
