package dev.tengil.host;

/** Says in our words why ssh did not get there, and what to do about it. */
final class SshFailure {

    private SshFailure() {}

    /** @param complaints what ssh wrote to standard error */
    static HostException of(SshDestination destination, String complaints) {
        String said = WrappedProcess.lastLines(complaints);
        if (complaints.contains("REMOTE HOST IDENTIFICATION HAS CHANGED")) {
            return new HostException(
                    HostException.Kind.UNKNOWN_HOST_KEY,
                    "the host key of " + destination
                            + " is not the one in known_hosts: the machine was installed anew, or"
                            + " another machine answers. Compare the fingerprint on its console; if it is right, remove the"
                            + " old one with ssh-keygen -R and connect once with: ssh " + destination);
        }
        if (complaints.contains("Host key verification failed") || complaints.contains("host key is known for")) {
            return new HostException(
                    HostException.Kind.UNKNOWN_HOST_KEY,
                    "the host key of " + destination + " is not in known_hosts. Connect once with: ssh " + destination
                            + " and compare the fingerprint with the one on the host (ssh-keygen -lf"
                            + " /etc/ssh/ssh_host_ed25519_key.pub)");
        }
        if (complaints.contains("Permission denied")) {
            return new HostException(
                    HostException.Kind.UNREACHABLE,
                    destination + " did not let us in: " + said
                            + ". Passwords are never asked for; put your key there with: ssh-copy-id " + destination);
        }
        return new HostException(
                HostException.Kind.UNREACHABLE,
                destination + " cannot be reached" + (said.isEmpty() ? "" : ": " + said));
    }
}
