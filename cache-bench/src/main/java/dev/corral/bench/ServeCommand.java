package dev.corral.bench;

import dev.corral.bench.node.NodeConfig.Database;
import dev.corral.bench.serve.ShopService;
import dev.corral.bench.site.Servers;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.BindException;
import java.net.URI;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A small service to look at: products over HTTP, cached by Corral, with metrics. */
@Command(
    name = "serve",
    description = {
      "Serves the products of a small shop over HTTP, cached by Corral in this process and in Redis,"
          + " with metrics for Prometheus, until it is stopped.",
      "PostgreSQL and Redis are started along, unless they are named; a second process can share"
          + " those of the first.",
    },
    sortOptions = false)
final class ServeCommand implements Callable<Integer> {
  private static final int CONNECTIONS = 100;
  private static final long LONGEST_END_SECONDS = 10;

  @Spec private @Nullable CommandSpec command;

  private int port = 8080;
  private @Nullable URI redis;
  private @Nullable String jdbc;

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "Where it answers, on this machine alone. 0: any that is free. Default: 8080.")
  void port(String text) {
    port = values().number("--port", text, 0, 65_535);
  }

  @Option(
      names = "--redis",
      paramLabel = "URL",
      description = "A running Redis to use, redis://host:port. Default: one is started.")
  void redis(String text) {
    redis = values().redis("--redis", text);
  }

  @Option(
      names = "--jdbc",
      paramLabel = "URL",
      description =
          "A running PostgreSQL to use, user and password in the URL. Default: one is"
              + " started. A table item is made there, unless there is one.")
  void jdbc(String text) {
    jdbc = values().jdbc("--jdbc", text);
  }

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this text.")
  void help(boolean asked) {
    // Answered by picocli before a command is run.
  }

  @Override
  public Integer call() throws Exception {
    var closed = new CountDownLatch(1);
    PrintWriter out = commandLine().getOut();
    out.println("Starting the servers.");
    try (Servers servers =
            Servers.start(Optional.ofNullable(redis), Optional.ofNullable(jdbc), CONNECTIONS);
        ShopService service = start(servers)) {
      out.printf("Serving on %s (Ctrl-C ends it). Try:%n", service.uri());
      out.printf("  curl %s/products/42%n", service.uri());
      out.printf("  curl %s/metrics%n", service.uri());
      out.println("A second process that shares database and Redis:");
      out.printf(
          "  java -jar cache-bench/target/stampede.jar serve --port 8081 --redis %s --jdbc '%s'%n",
          servers.redisUri(), urlOf(servers.database()));
      awaitEnd(closed);
    } finally {
      closed.countDown();
    }
    return CommandLine.ExitCode.OK;
  }

  private ShopService start(Servers servers) throws IOException, SQLException {
    try {
      return ShopService.start(servers.database(), servers.redisUri(), port);
    } catch (BindException e) {
      throw values().refusal("--port %d is taken; take another.".formatted(port));
    }
  }

  private static String urlOf(Database database) {
    return database.user().isEmpty() || database.url().contains("user=")
        ? database.url()
        : "%s%suser=%s&password=%s"
            .formatted(
                database.url(),
                database.url().contains("?") ? "&" : "?",
                database.user(),
                database.password());
  }

  /**
   * Waits for Ctrl-C.
   *
   * @param closed until then the process does not end, so that what is open can be closed
   */
  private static void awaitEnd(CountDownLatch closed) throws InterruptedException {
    var asked = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  asked.countDown();
                  try {
                    boolean unused = closed.await(LONGEST_END_SECONDS, TimeUnit.SECONDS);
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                }));
    asked.await();
  }

  private Values values() {
    return new Values(commandLine());
  }

  private CommandLine commandLine() {
    if (command == null) {
      throw new IllegalStateException("Not yet a command");
    }
    return command.commandLine();
  }
}
