package dev.corral.servers;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One command over a socket of its own, which needs no client library. */
final class Resp {
  private static final int TIMEOUT_MILLIS = 5_000;

  private final InputStream in;

  private Resp(InputStream in) {
    this.in = in;
  }

  /**
   * Sends a command and returns what it answers in text.
   *
   * @throws UncheckedIOException if the server does not answer
   * @throws IllegalStateException if it answers with an error, or with nothing
   */
  static String text(RedisServer server, Object... command) {
    Object reply = ask(server, command);
    if (reply == null) {
      throw new IllegalStateException("Nothing answers " + List.of(command));
    }
    return reply.toString();
  }

  /**
   * Sends a command and returns the reply: a string, a {@link Long}, a list of replies, or null.
   *
   * @throws UncheckedIOException if the server does not answer
   * @throws IllegalStateException if it answers with an error
   */
  static @Nullable Object ask(RedisServer server, Object... command) {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(server.host(), server.port()), TIMEOUT_MILLIS);
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.getOutputStream().write(encoded(command));
      return new Resp(new BufferedInputStream(socket.getInputStream())).reply();
    } catch (IOException e) {
      throw new UncheckedIOException("No answer to " + List.of(command), e);
    }
  }

  private static byte[] encoded(Object... command) {
    var bytes = new ByteArrayOutputStream();
    bytes.writeBytes(("*" + command.length + "\r\n").getBytes(UTF_8));
    for (Object word : command) {
      byte[] text = word.toString().getBytes(UTF_8);
      bytes.writeBytes(("$" + text.length + "\r\n").getBytes(UTF_8));
      bytes.writeBytes(text);
      bytes.writeBytes("\r\n".getBytes(UTF_8));
    }
    return bytes.toByteArray();
  }

  private @Nullable Object reply() throws IOException {
    String line = line();
    String rest = line.substring(1);
    return switch (line.charAt(0)) {
      case '+' -> rest;
      case ':' -> Long.valueOf(rest);
      case '$' -> rest.equals("-1") ? null : bulk(Integer.parseInt(rest));
      case '*' -> replies(Integer.parseInt(rest));
      default -> throw new IllegalStateException(line);
    };
  }

  private List<@Nullable Object> replies(int count) throws IOException {
    List<@Nullable Object> replies = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      replies.add(reply());
    }
    return replies;
  }

  private String bulk(int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("The reply ended after " + bytes.length + " of " + length + " bytes");
    }
    line();
    return new String(bytes, UTF_8);
  }

  private String line() throws IOException {
    var line = new ByteArrayOutputStream();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException("The reply ended within a line");
      }
      line.write(next);
    }
    return line.toString(UTF_8).stripTrailing();
  }
}
