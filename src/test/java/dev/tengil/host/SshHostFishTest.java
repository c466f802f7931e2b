package dev.tengil.host;

class SshHostFishTest extends SshHostContract {

    SshHostFishTest() {
        super("/usr/bin/fish");
    }
}
