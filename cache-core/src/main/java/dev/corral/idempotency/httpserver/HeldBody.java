package dev.corral.idempotency.httpserver;

import dev.corral.idempotency.http.BoundedBody;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Objects;

/**
 * The body of a response that is held back, until it is closed or taken, whichever is first: a
 * handler's thread that has outlived its handler must not change what is read. Thread-safe.
 */
final class HeldBody extends OutputStream {

  private final BoundedBody kept;
  private boolean closed;

  HeldBody(BoundedBody kept) {
    this.kept = kept;
  }

  @Override
  public synchronized void write(int b) throws IOException {
    check();
    kept.write(b);
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    check();
    kept.write(bytes, offset, length);
  }

  private void check() throws IOException {
    if (closed) {
      throw new IOException("stream closed");
    }
  }

  @Override
  public void close() {
    end();
  }

  /** Takes nothing more from now on. Returns whether that was so before. */
  synchronized boolean end() {
    boolean before = closed;
    closed = true;
    return before;
  }

  synchronized long written() {
    return kept.written();
  }

  synchronized byte[] toBytes() {
    return kept.toBytes();
  }
}
