package dev.corral.bench.browser;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A connection to a browser's tools.
 *
 * @see <a href="https://chromedevtools.github.io/devtools-protocol/">The DevTools protocol</a>
 */
final class DevTools implements WebSocket.Listener, AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long ANSWER_SECONDS = 60;

  private final AtomicInteger ids = new AtomicInteger();
  private final Map<Integer, CompletableFuture<JsonNode>> calls = new ConcurrentHashMap<>();
  private final List<JsonNode> events = new CopyOnWriteArrayList<>();
  private final StringBuilder begun = new StringBuilder(); // touched by the listener alone
  private @Nullable WebSocket socket;

  static DevTools connect(URI uri) {
    var tools = new DevTools();
    tools.socket = HttpClient.newHttpClient().newWebSocketBuilder().buildAsync(uri, tools).join();
    return tools;
  }

  /**
   * Calls a method, and returns its result.
   *
   * @param session of the page that is meant; empty for the browser itself
   * @throws IllegalStateException if the browser refuses, or does not answer
   */
  JsonNode call(String session, String method, Map<String, ?> parameters) {
    int id = ids.incrementAndGet();
    var answer = new CompletableFuture<JsonNode>();
    calls.put(id, answer);
    var message = JSON.createObjectNode().put("id", id).put("method", method);
    message.set("params", JSON.valueToTree(parameters));
    if (!session.isEmpty()) {
      message.put("sessionId", session);
    }
    if (socket == null) {
      throw new IllegalStateException("Not yet connected");
    }
    socket.sendText(message.toString(), true).join();
    JsonNode answered = answer.orTimeout(ANSWER_SECONDS, TimeUnit.SECONDS).join();
    if (answered.has("error")) {
      throw new IllegalStateException(method + ": " + answered.get("error"));
    }
    return answered.get("result");
  }

  /** What happened so far in a page, in its order. */
  List<JsonNode> events(String session) {
    List<JsonNode> all = new ArrayList<>(events);
    all.removeIf(event -> !event.path("sessionId").asText().equals(session));
    return all;
  }

  @Override
  public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
    begun.append(data);
    if (last) {
      take(begun.toString());
      begun.setLength(0);
    }
    from.request(1);
    return CompletableFuture.completedStage(null);
  }

  private void take(String message) {
    try {
      JsonNode node = JSON.readTree(message);
      if (node.has("id")) {
        CompletableFuture<JsonNode> call = calls.remove(node.get("id").asInt());
        if (call != null) {
          call.complete(node);
        }
      } else {
        events.add(node);
      }
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Not JSON: " + message, e);
    }
  }

  @Override
  public void close() {
    if (socket != null) {
      socket.abort();
    }
  }
}
