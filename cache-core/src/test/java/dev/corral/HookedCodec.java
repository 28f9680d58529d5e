package dev.corral;

import dev.corral.codec.Codec;
import dev.corral.codec.StringCodec;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Text, and what a test wants to happen while it is being read: once for each hook. */
final class HookedCodec implements Codec<String> {

  private final Queue<Runnable> hooks = new ConcurrentLinkedQueue<>();

  /** Runs {@code hook} at the next reading of a value. */
  void whenRead(Runnable hook) {
    hooks.add(hook);
  }

  @Override
  public String name() {
    return StringCodec.utf8().name();
  }

  @Override
  public byte[] encode(String value) {
    return StringCodec.utf8().encode(value);
  }

  @Override
  public String decode(byte[] bytes) {
    String value = StringCodec.utf8().decode(bytes);
    Runnable hook = hooks.poll();
    if (hook != null) {
      hook.run();
    }
    return value;
  }
}
