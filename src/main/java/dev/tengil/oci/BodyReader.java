package dev.tengil.oci;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Reads a body up to a limit, or hands it to a sink, and remembers when the last piece came. */
final class BodyReader implements HttpResponse.BodyHandler<byte[]> {
    private static final int LONGEST_REFUSAL = 64 * 1024;

    private final int limit;
    private final @Nullable Sink sink;
    private final AtomicLong heard = new AtomicLong(System.nanoTime());

    private BodyReader(int limit, @Nullable Sink sink) {
        this.limit = limit;
        this.sink = sink;
    }

    /** All of it, which must not be longer than this. */
    static BodyReader upTo(int limit) {
        return new BodyReader(limit, null);
    }

    /** Into the sink if the status says that it is what was asked for. */
    static BodyReader into(Sink sink) {
        return new BodyReader(LONGEST_REFUSAL, sink);
    }

    /** When something was last heard, on the clock of {@link System#nanoTime()}. */
    long heard() {
        return heard.get();
    }

    @Override
    public HttpResponse.BodySubscriber<byte[]> apply(HttpResponse.ResponseInfo info) {
        heard.set(System.nanoTime());
        boolean wanted = info.statusCode() == 200 || info.statusCode() == 206;
        Sink target = sink != null && wanted ? sink : null;
        // Of a refusal the beginning is enough; of an answer it is not.
        Subscriber subscriber = new Subscriber(target, wanted ? limit : LONGEST_REFUSAL, wanted);
        if (target != null) {
            try {
                target.begin(info.statusCode(), info.headers());
            } catch (IOException e) {
                subscriber.fail(e);
            }
        }
        return subscriber;
    }

    private final class Subscriber implements HttpResponse.BodySubscriber<byte[]> {
        private final @Nullable Sink target;
        private final int longest;
        private final boolean whole;
        private final ByteArrayOutputStream held = new ByteArrayOutputStream();
        private final CompletableFuture<byte[]> body = new CompletableFuture<>();
        private Flow.@Nullable Subscription subscription;

        Subscriber(@Nullable Sink target, int longest, boolean whole) {
            this.target = target;
            this.longest = longest;
            this.whole = whole;
        }

        @Override
        public CompletionStage<byte[]> getBody() {
            return body;
        }

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
            if (body.isDone()) {
                given.cancel();
            } else {
                given.request(1);
            }
        }

        @Override
        public void onNext(List<ByteBuffer> pieces) {
            heard.set(System.nanoTime());
            try {
                for (ByteBuffer piece : pieces) {
                    take(piece);
                }
            } catch (IOException e) {
                fail(e);
            }
            Flow.Subscription source = subscription;
            if (source != null) {
                if (body.isDone()) {
                    source.cancel();
                } else {
                    source.request(1);
                }
            }
        }

        private void take(ByteBuffer piece) throws IOException {
            if (body.isDone()) {
                return;
            }
            if (target != null) {
                target.take(piece);
                return;
            }
            int room = longest - held.size();
            if (piece.remaining() > room && whole) {
                throw new TooLong(longest);
            }
            byte[] bytes = new byte[Math.min(piece.remaining(), room)];
            piece.get(bytes);
            held.writeBytes(bytes);
        }

        void fail(IOException e) {
            body.completeExceptionally(e);
        }

        @Override
        public void onError(Throwable error) {
            body.completeExceptionally(error);
        }

        @Override
        public void onComplete() {
            body.complete(held.toByteArray());
        }
    }

    /** The body is longer than anything that it could honestly be. */
    static final class TooLong extends IOException {
        private static final long serialVersionUID = 1L;

        TooLong(int limit) {
            super("more than " + (limit < 1024 ? limit + " bytes" : limit / 1024 + " KiB"));
        }
    }
}
