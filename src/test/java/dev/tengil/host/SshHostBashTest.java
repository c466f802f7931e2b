package dev.tengil.host;

class SshHostBashTest extends SshHostContract {

    SshHostBashTest() {
        super("/bin/bash");
    }
}
