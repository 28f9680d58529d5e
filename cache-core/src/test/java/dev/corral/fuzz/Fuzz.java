package dev.corral.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/**
 * Feeds mutated bytes to something that reads them, and fails on the first that it throws at, or
 * for which it allocates more than it may. {@code -Dcorral.fuzz.inputs=} says how many, and {@code
 * -Dcorral.seed=} which. What was found goes to {@code target/fuzz}.
 */
public final class Fuzz {

  private static final int FEW = 100_000;

  /** Reads some bytes. */
  public interface Reader {

    /**
     * Returns whether they were accepted; throws {@link AssertionError} if they ought not to be.
     */
    boolean read(byte[] bytes);
  }

  /** Says how many bytes a reader may allocate for some bytes. */
  public interface Limit {
    long of(byte[] bytes);
  }

  /** What came out, to be held against what a test expects. */
  public record Result(int inputs, int accepted) {}

  private final String name;
  private final long seed = Long.getLong("corral.seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final Mutations mutations = new Mutations(random);

  private Fuzz(String name) {
    this.name = name;
  }

  /** Begins to fuzz what a name says. */
  public static Fuzz of(String name) {
    return new Fuzz(name);
  }

  /** Returns the random numbers of this run. */
  public Random random() {
    return random;
  }

  /** Returns how many inputs this run has. */
  public static int inputs() {
    return Integer.getInteger("corral.fuzz.inputs", FEW);
  }

  /** Returns one of the samples, mutated. */
  public byte[] mutant(List<byte[]> samples) {
    return mutations.of(any(samples), any(samples));
  }

  /** Returns one of several things. */
  public <T> T any(List<T> things) {
    return things.get(random.nextInt(things.size()));
  }

  /** Feeds mutants of the samples to a reader. */
  public Result run(List<byte[]> samples, Limit limit, Reader reader) {
    return run(() -> mutant(samples), limit, reader);
  }

  /** Feeds what a source gives to a reader. */
  public Result run(Supplier<byte[]> source, Limit limit, Reader reader) {
    int inputs = inputs();
    int accepted = 0;
    long most = 0;
    double nearest = 0;
    long began = System.nanoTime();
    boolean[] read = new boolean[1];
    for (int i = 0; i < inputs; i++) {
      byte[] input = source.get();
      long allowed = limit.of(input);
      long allocated;
      try {
        allocated = Allocation.of(() -> read[0] = reader.read(input), allowed);
      } catch (RuntimeException | Error e) {
        throw new AssertionError(describe(i, input), e);
      }
      if (allocated > allowed) {
        throw new AssertionError(allocated + " bytes allocated: " + describe(i, input));
      }
      most = Math.max(most, allocated);
      nearest = Math.max(nearest, (double) allocated / allowed);
      accepted += read[0] ? 1 : 0;
    }
    report(
        "%-28s %,11d inputs, %,9d accepted, 0 exceptions, at most %,9d bytes allocated (%3.0f %% of the limit), %4d s, seed %d"
            .formatted(
                name,
                inputs,
                accepted,
                most,
                nearest * 100,
                Duration.ofNanos(System.nanoTime() - began).toSeconds(),
                seed));
    return new Result(inputs, accepted);
  }

  private String describe(int i, byte[] input) {
    return "input %d of %s with -Dcorral.seed=%d: %s"
        .formatted(i, name, seed, HexFormat.of().formatHex(input));
  }

  private void report(String line) {
    try {
      Path folder = Files.createDirectories(Path.of("target", "fuzz"));
      Files.writeString(folder.resolve(name.replace(' ', '-') + ".txt"), line + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
