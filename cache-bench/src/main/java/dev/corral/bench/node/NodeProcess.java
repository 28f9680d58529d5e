package dev.corral.bench.node;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A process that is told and answers a line each, as the program sees it. */
public final class NodeProcess implements AutoCloseable {
  private static final int CLOCK_READINGS = 5;
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(60);
  private static final int TAIL_LINES = 40;
  private static final String ENDED = "ended";

  private final int number;
  private final Path log;
  private final Process process;
  private final PrintWriter orders;
  private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();

  private NodeProcess(int number, Path log, Process process) {
    this.number = number;
    this.log = log;
    this.process = process;
    orders = new PrintWriter(process.outputWriter(UTF_8), true);
    var listener = new Thread(this::listen, "node-" + number);
    listener.setDaemon(true);
    listener.start();
  }

  static NodeProcess start(NodeConfig config) throws IOException {
    Path log = new NodeFiles(Path.of(config.directory())).log(config.process());
    return start(config.process(), NodeMain.class, config, log);
  }

  /**
   * Starts a process.
   *
   * @param main its class, which reads the configuration from the first line of its input
   * @param log where its standard error goes
   */
  public static NodeProcess start(int number, Class<?> main, Object config, Path log)
      throws IOException {
    var process =
        new ProcessBuilder(command(main))
            .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    var node = new NodeProcess(number, log, process);
    node.tell(NodeFiles.JSON.writeValueAsString(config));
    return node;
  }

  private static List<String> command(Class<?> main) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx512m",
        // Several JVMs share few cores: one collector thread each is enough.
        "-XX:+UseSerialGC",
        "-cp",
        System.getProperty("java.class.path"),
        main.getName());
  }

  private void listen() {
    try (var lines = process.inputReader(UTF_8)) {
      lines.lines().forEach(answers::add);
    } catch (IOException | UncheckedIOException e) {
      answers.add(ENDED + " (" + e.getMessage() + ")");
    }
    answers.add(ENDED);
  }

  /** Lets the node connect; {@link #awaitReady} tells when it has. */
  public void prepare() {
    tell("prepare " + clockAhead());
  }

  public void awaitReady() {
    expect("ready");
  }

  void begin(long at) {
    tell("begin " + at);
  }

  public void tell(String order) {
    orders.println(order);
  }

  /**
   * Returns the node's next answer while it runs.
   *
   * @throws NodeException if it ended, or said nothing for too long
   */
  NodeProgress nextProgress() {
    return NodeProgress.parse(nextAnswer());
  }

  /**
   * By how much the node's clock is ahead of ours. If its reading lies between two readings of
   * ours, the two are taken for the same clock.
   */
  private long clockAhead() {
    long ahead = 0;
    long narrowest = Long.MAX_VALUE;
    for (int i = 0; i < CLOCK_READINGS; i++) {
      long before = System.nanoTime();
      tell("clock");
      long theirs = Long.parseLong(expect("clock"));
      long after = System.nanoTime();
      if (after - before < narrowest) {
        narrowest = after - before;
        boolean same = theirs - before >= 0 && after - theirs >= 0;
        ahead = same ? 0 : theirs - (before + (after - before) / 2);
      }
    }
    return ahead;
  }

  /**
   * Takes the next answer, which must begin with this word, and returns what follows the word.
   *
   * @throws NodeException if it says something else, has ended, or says nothing for too long
   */
  public String expect(String word) {
    String answer = nextAnswer();
    if (!answer.startsWith(word)) {
      throw new NodeException(
          "Node %d answered \"%s\" instead of \"%s\"".formatted(number, answer, word));
    }
    return answer.substring(word.length()).trim();
  }

  private String nextAnswer() {
    try {
      String answer = answers.poll(ANSWER_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
      if (answer == null) {
        throw new NodeException(
            "Node %d did not answer within %s; its log ends:%n%s"
                .formatted(number, ANSWER_LIMIT, logTail()));
      }
      if (answer.startsWith(ENDED)) {
        throw new NodeException(
            "Node %d ended with exit code %d; its log ends:%n%s"
                .formatted(number, process.onExit().join().exitValue(), logTail()));
      }
      return answer;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NodeException("Interrupted while node " + number + " was awaited");
    }
  }

  private String logTail() {
    try {
      List<String> lines = Files.readAllLines(log);
      return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
    } catch (IOException e) {
      return "(not readable: " + e + ")";
    }
  }

  /** Ends the process, if it still runs. */
  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
