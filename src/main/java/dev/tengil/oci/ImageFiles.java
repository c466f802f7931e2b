package dev.tengil.oci;

import dev.tengil.model.Diagnostic;
import dev.tengil.oci.image.Descriptor;
import dev.tengil.oci.image.RemoteImage;
import dev.tengil.oci.layer.LookedFor;
import dev.tengil.oci.layer.Pipe;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads a few small files out of an image without keeping any of it: layer by layer from the highest down, each to its end, since only
 * then it is known to be what its digest says.
 */
public final class ImageFiles {
    private static final int PIECE = 1 << 16;
    private static final long MOST_TRANSFERRED = 2L << 30;
    private static final long MOST_UNPACKED = 16L << 30;

    private final RegistryClient client;
    private final RemoteImage image;

    public ImageFiles(RegistryClient client, RemoteImage image) {
        this.client = client;
        this.image = image;
    }

    /** @param paths without a slash at the beginning */
    public Map<String, LookedFor.Found> read(Collection<String> paths, Deadline deadline) throws RegistryException {
        LookedFor lookedFor = new LookedFor(paths);
        long transferred = 0;
        for (Descriptor layer : image.layers().reversed()) {
            if (lookedFor.isDone()) {
                break;
            }
            transferred += layer.size();
            if (transferred > MOST_TRANSFERRED) {
                throw unread("it is larger than 2 GiB");
            }
            if (layer.mediaType().endsWith("zstd")) {
                throw unread("one of its layers is packed with zstd");
            }
            layer(layer, lookedFor, deadline);
        }
        return lookedFor.found();
    }

    private void layer(Descriptor layer, LookedFor lookedFor, Deadline deadline) throws RegistryException {
        Pipe pipe = new Pipe();
        FutureTask<Void> coming = new FutureTask<>(() -> {
            try (OutputStream in = pipe.in()) {
                client.download(image.reference(), layer, in, bytes -> {}, deadline);
            }
            return null;
        });
        Thread.ofVirtual().start(coming);
        IOException wrong = null;
        try (InputStream out = pipe.out()) {
            InputStream tar = layer.mediaType().endsWith("gzip") ? new GZIPInputStream(out, PIECE) : out;
            lookedFor.layer(tar, MOST_UNPACKED);
            out.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            wrong = e;
        }
        await(coming, wrong);
    }

    /** A transfer that failed is why the archive ended early; one that we ended ourselves is not. */
    private void await(FutureTask<Void> coming, @Nullable IOException wrong) throws RegistryException {
        try {
            coming.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RegistryException refused && refused.kind() != RegistryException.Kind.FILE) {
                throw refused;
            }
            if (wrong == null) {
                throw unread("the transfer broke off");
            }
        } catch (InterruptedException e) {
            throw RegistryException.interrupted(e);
        }
        if (wrong != null) {
            throw unread("one of its layers cannot be unpacked: " + wrong.getMessage());
        }
    }

    private RegistryException unread(String why) {
        return new RegistryException(
                RegistryException.Kind.UNUSABLE,
                Diagnostic.error(
                                "image.files-unread",
                                "the files in the image " + image.reference() + " cannot be read: " + why)
                        .help(
                                "Look into it yourself, on a machine with docker: docker run --rm --entrypoint cat IMAGE FILE"));
    }
}
