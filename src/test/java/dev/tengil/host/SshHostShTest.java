package dev.tengil.host;

class SshHostShTest extends SshHostContract {

    SshHostShTest() {
        super("/bin/sh");
    }
}
