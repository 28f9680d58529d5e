package dev.corral.bench.browser;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** A page that a browser has opened. */
public final class Page {
  private static final Duration LOAD = Duration.ofSeconds(60);
  private static final int WIDTH = 1100;
  private static final int HEIGHT = 900;

  private final DevTools tools;
  private final String session;
  private final String url;

  private Page(DevTools tools, String session, String url) {
    this.tools = tools;
    this.session = session;
    this.url = url;
  }

  static Page open(DevTools tools, String session, Path file, String scheme) {
    var page = new Page(tools, session, file.toUri().toString());
    for (String domain : List.of("Page", "Runtime", "Log", "Network")) {
      page.call(domain + ".enable", Map.of());
    }
    page.call(
        "Network.emulateNetworkConditions",
        Map.of("offline", true, "latency", 0, "downloadThroughput", -1, "uploadThroughput", -1));
    page.call(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    page.call(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", WIDTH, "height", HEIGHT, "deviceScaleFactor", 1, "mobile", false));
    page.call("Page.navigate", Map.of("url", page.url));
    await().atMost(LOAD).until(() -> !page.events("Page.loadEventFired").isEmpty());
    return page;
  }

  /**
   * What is wrong with the page: errors of scripts, requests to anywhere, charts that do not say
   * what they show, and text that is hard to read.
   */
  public List<String> faults() {
    List<String> faults = new ArrayList<>();
    events("Runtime.exceptionThrown")
        .forEach(
            e -> faults.add("script error: " + e.at("/exceptionDetails/exception/description")));
    events("Runtime.consoleAPICalled")
        .forEach(e -> faults.add("console: " + e.at("/type") + " " + e.at("/args")));
    events("Log.entryAdded").forEach(e -> faults.add("log: " + e.at("/entry/text")));
    for (JsonNode request : events("Network.requestWillBeSent")) {
      if (!request.at("/request/url").asText().equals(url)) {
        faults.add("request: " + request.at("/request/url"));
      }
    }
    evaluate(resource("faults.js")).forEach(fault -> faults.add(fault.asText()));
    return faults;
  }

  /** What an expression of JavaScript is there. */
  public JsonNode evaluate(String expression) {
    JsonNode outcome =
        call("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true));
    if (outcome.has("exceptionDetails")) {
      throw new IllegalStateException(outcome.get("exceptionDetails").toString());
    }
    return outcome.at("/result/value");
  }

  /** Takes a picture of the whole page. */
  public void picture(Path png) throws IOException {
    JsonNode shot =
        call("Page.captureScreenshot", Map.of("format", "png", "captureBeyondViewport", true));
    Files.write(png, Base64.getDecoder().decode(shot.get("data").asText()));
  }

  private List<JsonNode> events(String method) {
    return tools.events(session).stream()
        .filter(event -> event.get("method").asText().equals(method))
        .map(event -> event.get("params"))
        .toList();
  }

  private JsonNode call(String method, Map<String, ?> parameters) {
    return tools.call(session, method, parameters);
  }

  private static String resource(String name) {
    try (InputStream in = Page.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + name, e);
    }
  }
}
