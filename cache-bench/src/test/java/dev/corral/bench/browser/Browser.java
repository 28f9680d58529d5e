package dev.corral.bench.browser;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A headless Chromium with a fresh profile, which reaches no network. */
public final class Browser implements AutoCloseable {
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");
  private static final Duration START = Duration.ofSeconds(60);
  private static final long END_SECONDS = 10;

  private final Process process;
  private final DevTools tools;

  private Browser(Process process, DevTools tools) {
    this.process = process;
    this.tools = tools;
  }

  /** The program: what CORRAL_CHROMIUM names, else the first that the path has. */
  public static Optional<Path> find() {
    String named = System.getenv("CORRAL_CHROMIUM");
    if (named != null) {
      return Optional.of(Path.of(named)); // if it is not there, starting it fails and says so
    }
    return Stream.of(System.getenv("PATH").split(":", -1))
        .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /**
   * Starts a browser.
   *
   * @param profile an empty folder
   */
  public static Browser start(Path program, Path profile) throws IOException {
    Process process =
        new ProcessBuilder(
                program.toString(),
                "--headless=new",
                "--no-sandbox", // which root cannot have; only pages of ours are opened
                "--disable-gpu",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--host-resolver-rules=MAP * ~NOTFOUND",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile,
                "about:blank")
            .redirectErrorStream(true)
            .redirectOutput(profile.resolve("log.txt").toFile())
            .start();
    Path address = profile.resolve("DevToolsActivePort");
    await().atMost(START).until(() -> !process.isAlive() || lines(address).size() == 2);
    if (!process.isAlive()) {
      throw new IllegalStateException(
          "The browser ended: " + Files.readString(profile.resolve("log.txt")));
    }
    List<String> port = lines(address);
    var uri = URI.create("ws://127.0.0.1:" + port.get(0) + port.get(1));
    return new Browser(process, DevTools.connect(uri));
  }

  private static List<String> lines(Path file) {
    try {
      return Files.exists(file) ? Files.readAllLines(file) : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Opens a page from a file, as somebody does who prefers this scheme, {@code dark} or not. */
  public Page open(Path file, String scheme) {
    JsonNode target = tools.call("", "Target.createTarget", Map.of("url", "about:blank"));
    String id = target.get("targetId").asText();
    String session =
        tools
            .call("", "Target.attachToTarget", Map.of("targetId", id, "flatten", true))
            .get("sessionId")
            .asText();
    return Page.open(tools, session, file, scheme);
  }

  /** Lets it end in good order, so that it takes the locks of its profile along. */
  @Override
  public void close() {
    tools.call("", "Browser.close", Map.of());
    process.onExit().completeOnTimeout(process, END_SECONDS, TimeUnit.SECONDS).join();
    tools.close();
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().onExit().join();
  }
}
