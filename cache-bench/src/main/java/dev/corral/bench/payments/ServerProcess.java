package dev.corral.bench.payments;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.corral.bench.node.NodeException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;

/** A server process as the program sees it. It keeps its port when it is started again. */
final class ServerProcess implements AutoCloseable {
  private final Class<?> main;
  private final Path log;
  private ServerConfig config;
  private Process process;
  private BufferedReader answers;

  private ServerProcess(Class<?> main, ServerConfig config, Path log) throws IOException {
    this.main = main;
    this.config = config;
    this.log = log;
    process = launch();
    answers = process.inputReader(UTF_8);
  }

  static ServerProcess start(Class<?> main, ServerConfig config, Path log) throws IOException {
    var server = new ServerProcess(main, config, log);
    try {
      server.awaitReady();
    } catch (IOException | RuntimeException e) {
      server.close();
      throw e;
    }
    return server;
  }

  private Process launch() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            // Several JVMs share few cores.
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            // Headers and body are two writes, and Nagle would wait for the answer to the first.
            "-Dsun.net.httpserver.nodelay=true",
            "-cp",
            System.getProperty("java.class.path"),
            main.getName())
        .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
        .start();
  }

  private void awaitReady() throws IOException {
    tell(ServerLoop.JSON.writeValueAsString(config));
    String line = answers.readLine();
    if (line == null || !line.startsWith(ServerLoop.READY)) {
      throw new NodeException(
          "%s said \"%s\" instead of where it listens; its log is %s"
              .formatted(main.getSimpleName(), line, log));
    }
    config = config.at(Integer.parseInt(line.substring(ServerLoop.READY.length())));
  }

  private void tell(String line) {
    new PrintWriter(process.outputWriter(UTF_8), true).println(line);
  }

  URI uri() {
    return URI.create("http://localhost:" + config.port());
  }

  /** Asks for its numbers. */
  <T> T stats(Class<T> type) throws IOException {
    tell(ServerLoop.STATS);
    String line = answers.readLine();
    if (line == null) {
      throw new NodeException("%s has ended; its log is %s".formatted(main.getSimpleName(), log));
    }
    return ServerLoop.JSON.readValue(line, type);
  }

  /** Ends the process as SIGKILL does, and starts another one in its place. */
  void crash() throws IOException {
    process.destroyForcibly().onExit().join();
    process = launch();
    answers = process.inputReader(UTF_8);
    awaitReady();
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
