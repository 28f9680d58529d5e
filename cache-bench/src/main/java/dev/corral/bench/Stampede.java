package dev.corral.bench;

import dev.corral.bench.node.NodeException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The program {@code stampede}: lets several processes ask one database for the same keys, first
 * without a cache, then with others, then with Corral, and shows what each did to the database.
 */
@Command(
    name = "stampede",
    description = {
      "Several processes ask one database for the same keys, with and without Corral.",
      "Without a scenario: hot-key. Each scenario has its own --help.",
    },
    subcommands = {
      HotKeyCommand.class,
      ColdStartCommand.class,
      DeployCommand.class,
      OriginOutageCommand.class,
      RedisOutageCommand.class,
      InvalidationStormCommand.class,
      TraceCommand.class,
      StepByStepCommand.class,
      HerdCommand.class,
      ServeCommand.class,
      RedrawCommand.class,
      PaymentsCommand.class,
      CompareCommand.class,
      JmhReportCommand.class
    })
public final class Stampede {
  private static final String DEFAULT_SCENARIO = "hot-key";

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this text.")
  void help(boolean asked) {
    // Answered by picocli before a command is run.
  }

  private Stampede() {}

  public static void main(String[] args) {
    var out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    var err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    System.exit(run(out, err, args));
  }

  /**
   * Runs the program.
   *
   * @return 0, or 1 if the run failed, or found what it should not, or 2 if it was asked for
   *     something wrong
   */
  static int run(PrintWriter out, PrintWriter err, String... args) {
    return new CommandLine(new Stampede())
        .setOut(out)
        .setErr(err)
        .setParameterExceptionHandler(Stampede::refuse)
        .setExecutionExceptionHandler((e, command, parsed) -> fail(e, command))
        .execute(withScenario(args));
  }

  /** Options without a scenario are those of the default scenario. */
  private static String[] withScenario(String[] args) {
    boolean named = args.length > 0 && (!args[0].startsWith("-") || asksForHelp(args[0]));
    return named
        ? args
        : Stream.concat(Stream.of(DEFAULT_SCENARIO), Stream.of(args)).toArray(String[]::new);
  }

  private static boolean asksForHelp(String arg) {
    return Set.of("-h", "--help").contains(arg);
  }

  private static int refuse(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    PrintWriter err = command.getErr();
    boolean scenario = command.getParent() == null && e instanceof UnmatchedArgumentException;
    err.println(
        scenario
            ? "There is no scenario or command \"%s\": take one of %s."
                .formatted(args[0], scenarios(command))
            : e.getMessage());
    err.printf("\"%s --help\" lists what there is.%n", command.getCommandSpec().qualifiedName());
    return CommandLine.ExitCode.USAGE;
  }

  private static String scenarios(CommandLine command) {
    return String.join(", ", command.getSubcommands().keySet());
  }

  private static int fail(Exception e, CommandLine command) {
    if (e instanceof NodeException) {
      command.getErr().println(e.getMessage()); // which holds the node's own stack trace
    } else {
      e.printStackTrace(command.getErr());
    }
    return CommandLine.ExitCode.SOFTWARE;
  }
}
