package dev.corral.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A redis-server process of our own, on a free port of the loopback address. */
final class RedisProcess implements RedisServer {
  private static final Duration START_LIMIT = Duration.ofSeconds(20);
  private static final Set<RedisProcess> OPEN = ConcurrentHashMap.newKeySet();

  static {
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> OPEN.forEach(RedisProcess::close), "redis-close"));
  }

  private final int port = FreePort.find();
  private final WorkDirectory directory = WorkDirectory.create("redis-" + port + "-");
  private final Path log = directory.file("redis.log");
  private final List<String> command;
  private Process process; // guarded by this

  private RedisProcess(Path binary, List<String> sentinelConfig, List<String> settings) {
    command = new ArrayList<>();
    command.add(binary.toString());
    if (!sentinelConfig.isEmpty()) {
      // A sentinel writes what it learns into its configuration, and finds it there when restarted.
      Path config = directory.write("sentinel.conf", sentinelConfig);
      command.addAll(List.of(config.toString(), "--sentinel"));
    }
    command.addAll(List.of("--port", String.valueOf(port), "--bind", host()));
    command.addAll(List.of("--dir", directory.toString()));
    command.addAll(List.of("--save", "", "--appendonly", "no"));
    command.addAll(settings);
    process = launch();
  }

  static RedisProcess start(Path binary, List<String> settings) {
    return new RedisProcess(binary, List.of(), settings);
  }

  /** Starts a sentinel, which needs at least one line of configuration: what it is to monitor. */
  static RedisProcess startSentinel(Path binary, List<String> config) {
    return new RedisProcess(binary, config, List.of());
  }

  @Override
  public String host() {
    return "127.0.0.1";
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public URI uri() {
    return URI.create("redis://" + host() + ":" + port);
  }

  @Override
  public boolean controllable() {
    return true;
  }

  @Override
  public synchronized void pause() {
    signal("STOP");
  }

  @Override
  public synchronized void resume() {
    signal("CONT");
  }

  @Override
  public synchronized void kill() {
    end(process);
  }

  @Override
  public synchronized void restart() {
    kill();
    process = launch();
  }

  @Override
  public synchronized void close() {
    kill();
    OPEN.remove(this);
    directory.delete();
  }

  private Process launch() {
    Process launched = spawn();
    if (!RedisPing.answersWithin(START_LIMIT, host(), port, launched::isAlive)) {
      end(launched);
      String logTail = directory.tailOf(log);
      directory.delete();
      throw new IllegalStateException(
          "%s did not answer PING on port %d within %s; its log ends:%n%s"
              .formatted(command.get(0), port, START_LIMIT, logTail));
    }
    OPEN.add(this);
    return launched;
  }

  private Process spawn() {
    try {
      return new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
          .start();
    } catch (IOException e) {
      directory.delete();
      throw new UncheckedIOException("Cannot run " + command, e);
    }
  }

  private void signal(String name) {
    try {
      // Through the shell, whose kill is built in: slim images have no program of that name.
      var kill = new ProcessBuilder("sh", "-c", "kill -" + name + " " + process.pid()).start();
      if (kill.onExit().join().exitValue() != 0) {
        throw new IllegalStateException("Cannot send " + name + " to " + process);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot send " + name + " to " + process, e);
    }
  }

  private static void end(Process process) {
    process.destroyForcibly().onExit().join();
  }
}
