package dev.corral.bench;

import dev.corral.bench.report.HtmlReport;
import dev.corral.bench.report.Picture;
import dev.corral.bench.report.ResultJson;
import dev.corral.bench.report.StampedeResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Draws a recorded result again. */
@Command(
    name = "redraw",
    description = "Draws the report and the pictures of a result.json again.",
    sortOptions = false)
final class RedrawCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec command;

  @Parameters(paramLabel = "FILE", description = "A result.json of an earlier run.")
  private @Nullable Path file;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where report.html and the pictures go. Default: stampede-report.")
  private Path directory = Path.of("stampede-report");

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this text.")
  void help(boolean asked) {
    // Answered by picocli before a command is run.
  }

  @Override
  public Integer call() throws IOException {
    if (file == null || command == null) {
      throw new IllegalStateException("Not yet a command");
    }
    StampedeResult result = read(file, command.commandLine());
    Files.createDirectories(directory);
    Files.writeString(directory.resolve("report.html"), HtmlReport.of(result));
    for (Picture picture : Picture.of(result)) {
      Files.writeString(directory.resolve(picture.fileName()), picture.svg());
    }
    command.commandLine().getOut().println("Drawn: " + directory.resolve("report.html"));
    return CommandLine.ExitCode.OK;
  }

  private static StampedeResult read(Path file, CommandLine commandLine) {
    try {
      return ResultJson.read(file);
    } catch (IOException e) {
      throw new Values(commandLine)
          .refusal("%s is no result of a scenario: %s".formatted(file, e.getMessage()));
    }
  }
}
