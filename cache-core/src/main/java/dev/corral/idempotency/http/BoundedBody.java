package dev.corral.idempotency.http;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.util.Objects;

/**
 * The body of a response that is held back. It takes everything and keeps so much: what writes must
 * not fail in the middle because of what can be kept. Not thread-safe.
 */
public final class BoundedBody extends OutputStream {

  private final int most;
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private long written;

  BoundedBody(int most) {
    this.most = most;
  }

  @Override
  public void write(int b) {
    if (written < most) {
      kept.write(b);
    }
    written++;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    kept.write(bytes, offset, (int) Math.min(length, Math.max(0, most - written)));
    written += length;
  }

  /** Forgets what was written. */
  public void reset() {
    kept.reset();
    written = 0;
  }

  /** Returns how many bytes were written, those that are not kept included. */
  public long written() {
    return written;
  }

  /** Whether more was written than is kept. */
  public boolean isCut() {
    return written > most;
  }

  /** Returns the bytes that are kept. */
  public byte[] toBytes() {
    return kept.toByteArray();
  }
}
