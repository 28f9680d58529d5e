package dev.corral.idempotency.servlet;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * The body of a request, of which nothing may be missing: if somebody has read it before, as {@code
 * getParameter} does, then all bodies have the fingerprint of an empty one.
 */
final class UnreadBody extends FilterInputStream {

  private final long length;
  private long read;

  /** Takes the length that the request says, or -1 if it says none. */
  UnreadBody(InputStream in, long length) {
    super(in);
    this.length = length;
  }

  @Override
  public int read() throws IOException {
    int next = super.read();
    count(next < 0 ? -1 : 1);
    return next;
  }

  @Override
  public int read(byte[] bytes, int offset, int most) throws IOException {
    int count = super.read(bytes, offset, most);
    count(count);
    return count;
  }

  private void count(int more) {
    read += Math.max(0, more);
    if (more < 0 && length >= 0 && read != length) {
      throw new IllegalStateException(
          "The body of a request should have %d bytes: %d. A filter before ServletIdempotencyFilter"
                  .formatted(length, read)
              + " must not read it, nor ask for parameters");
    }
  }
}
