package dev.tengil.host;

class LocalHostTest extends HostContract {

    private final LocalHost host = new LocalHost();

    @Override
    Host host() {
        return host;
    }
}
