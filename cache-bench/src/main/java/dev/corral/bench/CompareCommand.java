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

/** What got slower between two runs of JMH. */
@Command(
    name = "compare",
    description = {
      "No scenario: tells what got slower and what faster between two result files of JMH"
          + " (-rf json), with the errors taken into account.",
      "Exit code: 0, or 1 if something got slower, or 2 if a file is not JMH's.",
    },
    sortOptions = false)
final class CompareCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec command;

  @Parameters(index = "0", paramLabel = "BASELINE", description = "What was measured before.")
  private Path baseline = Path.of("");

  @Parameters(index = "1", paramLabel = "CURRENT", description = "What was measured now.")
  private Path current = Path.of("");

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
    return comparison.somethingGotSlower() ? 1 : 0;
  }

  private Comparison comparison(CommandSpec spec) {
    try {
      return Comparison.of(baseline, current);
    } catch (BadJmhFileException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }
}
