package dev.corral.bench;

import dev.corral.bench.contender.ContenderKind;
import dev.corral.bench.contender.Limits;
import dev.corral.bench.shop.QueryUnderTest;
import dev.corral.bench.trace.ObjectTypes;
import dev.corral.bench.trace.Trace;
import dev.corral.bench.trace.TraceFile;
import dev.corral.bench.verdict.Judge;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A recorded sequence of keys is asked for at a steady rate. */
@Command(
    name = "trace",
    description = {
      "The keys of a recorded trace are asked for, in its order, by the nodes in turn.",
      "Defaults: --rate 2000, --ttl 10s, the contenders naive and corral.",
    },
    sortOptions = false)
final class TraceCommand implements Callable<Integer> {
  private static final Duration TTL = Duration.ofSeconds(10);
  private static final int RATE = 2000;
  private static final int MOST = 100_000_000;

  enum Types {
    AUTO,
    NONE
  }

  @Mixin private final RunOptions options = new RunOptions();

  @Parameters(
      paramLabel = "FILE",
      description = {
        "Text with a key a line, or big-endian 32-bit integers; plain or gzip.",
      })
  private Path file = Path.of("");

  private int limit = MOST;
  private Types types = Types.AUTO;

  @Option(names = "--limit", paramLabel = "N", description = "Take the first N accesses only.")
  void limit(String text) {
    limit = options.values().number("--limit", text, 1, MOST);
  }

  @Option(
      names = "--types",
      paramLabel = "auto|none",
      description = {
        "auto: if bits 27-31 of integer keys differ, they are the type of an object, and each type"
            + " gets a ttl of its own, from a quarter of --ttl to four times as long.",
        "none: one ttl for all keys. Default: auto.",
      })
  void types(String text) {
    types =
        switch (text.toLowerCase(Locale.ROOT)) {
          case "auto" -> Types.AUTO;
          case "none" -> Types.NONE;
          default ->
              throw options
                  .values()
                  .refusal("--types takes auto or none, not \"%s\".".formatted(text));
        };
  }

  @Override
  public Integer call() throws Exception {
    options.check();
    Trace trace = read();
    ObjectTypes objectTypes = types == Types.AUTO ? ObjectTypes.of(trace) : ObjectTypes.none();
    var keys =
        new TraceKeys(
            name(), trace, objectTypes, options.nodes(), options.ttlOr(TTL), options.rateOr(RATE));
    var plan =
        new Plan(
            QueryUnderTest::cheap,
            keys.distinct(),
            Limits.USUAL,
            keys::scenario,
            options.contendersOr(List.of(ContenderKind.NAIVE, ContenderKind.CORRAL)),
            Judge.noErrors());
    return new Run(options, plan).run();
  }

  private String name() {
    return "trace " + file.getFileName();
  }

  private Trace read() {
    try {
      return TraceFile.read(file, limit);
    } catch (IOException e) {
      throw options
          .values()
          .refusal(
              "FILE takes a trace, a key a line or 32-bit integers, plain or gzip; %s: %s."
                  .formatted(
                      file,
                      e instanceof java.nio.file.NoSuchFileException
                          ? "there is no such file"
                          : e.getMessage()));
    }
  }
}
