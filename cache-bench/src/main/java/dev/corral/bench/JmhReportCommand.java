package dev.corral.bench;

import dev.corral.bench.compare.BadJmhFileException;
import dev.corral.bench.compare.JmhReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The results of JMH as a page, and its tables as Markdown. */
@Command(
    name = "jmh-report",
    description = {
      "No scenario: makes one page of result files of JMH (-rf json): bars with their forks, a"
          + " table, and ratios to a baseline. The tables are written as Markdown, too.",
    },
    sortOptions = false)
final class JmhReportCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec command;

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "What JMH has written.")
  private List<Path> files = List.of();

  @Option(
      names = "--baseline",
      paramLabel = "METHOD",
      description = {
        "The benchmark method that the others of its class are compared with."
            + " Default: caffeine, jedis, ping, fresh or mget, else the only one that does not"
            + " begin with corral.",
      })
  private @Nullable String baseline;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where jmh.html and jmh.md go. Default: jmh-report.")
  private Path directory = Path.of("jmh-report");

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this text.")
  void help(boolean asked) {
    // Answered by picocli before a command is run.
  }

  @Override
  public Integer call() throws IOException {
    if (command == null) {
      throw new IllegalStateException("Not run by picocli");
    }
    var values = new Values(command.commandLine());
    if (Files.exists(directory) && !Files.isDirectory(directory)) {
      throw values.refusal("--out takes a folder, and %s is a file.".formatted(directory));
    }
    JmhReport report = report(command);
    if (baseline != null && !report.has(baseline)) {
      throw values.refusal(
          "--baseline takes the name of a benchmark method, and none is called \"%s\"."
              .formatted(baseline));
    }
    Files.createDirectories(directory);
    Path page = directory.resolve("jmh.html");
    Files.writeString(page, report.html());
    Path tables = directory.resolve("jmh.md");
    Files.writeString(tables, report.markdown());
    command.commandLine().getOut().println("Charts: " + page);
    command.commandLine().getOut().println("Tables: " + tables);
    return 0;
  }

  private JmhReport report(CommandSpec spec) {
    try {
      return JmhReport.of(files, Optional.ofNullable(baseline));
    } catch (BadJmhFileException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }
}
