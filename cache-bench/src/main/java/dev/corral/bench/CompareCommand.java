package dev.corral.bench;

import dev.corral.bench.compare.BadJmhFileException;
import dev.corral.bench.compare.Comparison;
import dev.corral.bench.compare.ComparisonText;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What got worse between two runs of JMH. */
@Command(
    name = "compare",
    description = {
      "No scenario: tells what got worse and what better between two result files of JMH"
          + " (-rf json): times by what at least 3 forks on each side have in common, bytes"
          + " allocated (-prof gc) as they are. Only Corral's own decide.",
      "Exit code: 0; or 1 if something got worse; or 2 if nothing was compared, or a file is not"
          + " JMH's, or the JDKs differ.",
    },
    sortOptions = false)
final class CompareCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec command;

  @Parameters(index = "0", paramLabel = "BASELINE", description = "What was measured before.")
  private Path baseline = Path.of("");

  @Parameters(index = "1", paramLabel = "CURRENT", description = "What was measured now.")
  private Path current = Path.of("");

  @Option(
      names = "--across-jdks",
      description = "Compares two files though they are of different JDKs.")
  private boolean acrossJdks;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this text.")
  void help(boolean asked) {
    // Answered by picocli before a command is run.
  }

  @Override
  public Integer call() {
    if (command == null) {
      throw new IllegalStateException("Not run by picocli");
    }
    Comparison comparison = comparison(command);
    command.commandLine().getOut().print(ComparisonText.of(comparison));
    command.commandLine().getOut().flush();
    return switch (comparison.outcome()) {
      case WORSE -> 1;
      case NOT_WORSE -> 0;
      case NOTHING_COMPARED -> throw new ParameterException(command.commandLine(), nothing());
    };
  }

  private String nothing() {
    return "Nothing was compared: %s and %s have no benchmark of Corral in common of which anything"
            .formatted(baseline, current)
        + " can be told.";
  }

  private Comparison comparison(CommandSpec spec) {
    try {
      return Comparison.of(baseline, current, acrossJdks);
    } catch (BadJmhFileException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }
}
