package dev.corral.idempotency.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.corral.idempotency.http.BoundedBody;
import dev.corral.idempotency.http.RecordedResponse;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.UnsupportedEncodingException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.Charset;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A response that is held back. It is committed, as far as what writes it can tell, by {@code
 * flushBuffer}, {@code sendError} and {@code sendRedirect}; what comes after that is without
 * effect, or an error, as the specification says.
 */
final class HeldResponse extends HttpServletResponseWrapper {

  private static final String CONTENT_TYPE = "Content-Type";

  private final BoundedBody body;
  private final HeldHeaders headers = new HeldHeaders();
  private final ServletOutputStream out = new Held();
  private int status = SC_OK;
  private @Nullable String type;
  private @Nullable String typeAsGiven;
  private @Nullable String encoding;
  private @Nullable Locale locale;
  private @Nullable PrintWriter writer;
  private boolean streaming;
  private boolean committed;
  private boolean ended;
  private int bufferSize = 8 * 1024;

  HeldResponse(HttpServletResponse response, BoundedBody body) {
    super(detached(response));
    this.body = body;
  }

  /**
   * Returns a response that does what the given one does, and is another one. Some servers unwrap a
   * response after a forward, to end what they find; ours is sent after that.
   */
  private static HttpServletResponse detached(HttpServletResponse response) {
    return (HttpServletResponse)
        Proxy.newProxyInstance(
            HttpServletResponse.class.getClassLoader(),
            new Class<?>[] {HttpServletResponse.class},
            (proxy, method, arguments) -> {
              try {
                return method.invoke(response, arguments);
              } catch (InvocationTargetException e) {
                throw e.getTargetException();
              }
            });
  }

  /** Returns what was answered. */
  RecordedResponse response() {
    if (writer != null) {
      writer.flush();
    }
    String contentType = getContentType();
    if (contentType != null) {
      headers.set(CONTENT_TYPE, contentType);
    }
    return RecordedResponse.of(status, headers.toList(), body.toBytes());
  }

  @Override
  public void setStatus(int code) {
    if (!committed) {
      status = code;
    }
  }

  @Override
  public int getStatus() {
    return status;
  }

  @Override
  public void sendError(int code) throws IOException {
    sendError(code, "");
  }

  /** Answers with a problem of RFC 9457: pages that the server has for errors are not recorded. */
  @Override
  public void sendError(int code, @Nullable String message) throws IOException {
    resetBuffer();
    status = code;
    type = "application/problem+json";
    typeAsGiven = null;
    encoding = null;
    headers.set("Content-Language", null);
    String detail =
        message == null || message.isEmpty() ? "" : ",\"detail\":\"" + JsonText.of(message) + "\"";
    body.write(
        "{\"type\":\"about:blank\",\"status\":%d%s}".formatted(code, detail).getBytes(UTF_8));
    end();
  }

  @Override
  public void sendRedirect(String location) throws IOException {
    sendRedirect(location, SC_FOUND, true);
  }

  /** Redirects to what was given: a relative address stays one, as RFC 9110 allows. */
  @Override
  public void sendRedirect(String location, int code, boolean clearBuffer) throws IOException {
    if (committed) {
      throw committed();
    }
    if (clearBuffer) {
      resetBuffer();
    }
    status = code;
    headers.set("Location", location);
    end();
  }

  @Override
  public void sendRedirect(String location, int code) throws IOException {
    sendRedirect(location, code, true);
  }

  @Override
  public void sendRedirect(String location, boolean clearBuffer) throws IOException {
    sendRedirect(location, SC_FOUND, clearBuffer);
  }

  private void end() {
    committed = true;
    ended = true;
  }

  private static IllegalStateException committed() {
    return new IllegalStateException("The response has been committed");
  }

  @Override
  public void addCookie(Cookie cookie) {
    if (!committed) {
      headers.add(cookie);
    }
  }

  @Override
  public void setHeader(String name, @Nullable String value) {
    if (committed || isLength(name)) {
      return;
    }
    if (name.equalsIgnoreCase(CONTENT_TYPE)) {
      setContentType(value);
    } else {
      headers.set(name, value);
    }
  }

  @Override
  public void addHeader(String name, @Nullable String value) {
    if (committed || value == null || isLength(name)) {
      return;
    }
    if (name.equalsIgnoreCase(CONTENT_TYPE)) {
      setContentType(value);
    } else {
      headers.add(name, value);
    }
  }

  /** The length is that of the bytes that were written. */
  private static boolean isLength(String name) {
    return name.equalsIgnoreCase("Content-Length");
  }

  @Override
  public void setIntHeader(String name, int value) {
    setHeader(name, Integer.toString(value));
  }

  @Override
  public void addIntHeader(String name, int value) {
    addHeader(name, Integer.toString(value));
  }

  @Override
  public void setDateHeader(String name, long millis) {
    setHeader(name, date(millis));
  }

  @Override
  public void addDateHeader(String name, long millis) {
    addHeader(name, date(millis));
  }

  private static String date(long millis) {
    return DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
        .format(Instant.ofEpochMilli(millis).atOffset(ZoneOffset.UTC));
  }

  @Override
  public boolean containsHeader(String name) {
    return !getHeaders(name).isEmpty();
  }

  @Override
  public @Nullable String getHeader(String name) {
    List<String> values = values(name);
    return values.isEmpty() ? null : values.get(0);
  }

  @Override
  public Collection<String> getHeaders(String name) {
    return values(name);
  }

  private List<String> values(String name) {
    if (!name.equalsIgnoreCase(CONTENT_TYPE)) {
      return headers.values(name);
    }
    String contentType = getContentType();
    return contentType == null ? List.of() : List.of(contentType);
  }

  @Override
  public Collection<String> getHeaderNames() {
    return headers.names();
  }

  @Override
  public void setContentLength(int length) {}

  @Override
  public void setContentLengthLong(long length) {}

  @Override
  public void setContentType(@Nullable String text) {
    if (committed) {
      return;
    }
    type = null;
    typeAsGiven = null;
    if (text == null) {
      return;
    }
    String before = encoding;
    encoding = writer == null ? null : encoding;
    String[] parts = text.split(";", -1);
    StringBuilder rest = new StringBuilder(parts[0].strip());
    for (int i = 1; i < parts.length; i++) {
      String parameter = parts[i].strip();
      if (parameter.regionMatches(true, 0, "charset=", 0, "charset=".length())) {
        setCharacterEncoding(parameter.substring("charset=".length()).replace("\"", "").strip());
      } else if (!parameter.isEmpty()) {
        rest.append(';').append(parameter);
      }
    }
    type = rest.toString();
    if (encoding != null && writer == null) {
      typeAsGiven = text;
    } else if (writer == null) {
      encoding = before; // the type says nothing of it
    }
  }

  @Override
  public @Nullable String getContentType() {
    if (typeAsGiven != null) {
      return typeAsGiven;
    }
    return type == null || encoding == null ? type : type + ";charset=" + encoding;
  }

  @Override
  public void setCharacterEncoding(@Nullable String name) {
    if (!committed && writer == null) {
      encoding = name;
      typeAsGiven = null;
    }
  }

  @Override
  public void setCharacterEncoding(@Nullable Charset charset) {
    setCharacterEncoding(charset == null ? null : charset.name());
  }

  /** Returns what was set here, or else in front: as without this filter in between. */
  @Override
  public String getCharacterEncoding() {
    return encoding == null ? super.getCharacterEncoding() : encoding;
  }

  @Override
  public void setLocale(@Nullable Locale newLocale) {
    if (!committed) {
      locale = newLocale;
      headers.set("Content-Language", newLocale == null ? null : newLocale.toLanguageTag());
    }
  }

  @Override
  public Locale getLocale() {
    return locale == null ? Locale.getDefault() : locale;
  }

  @Override
  public ServletOutputStream getOutputStream() {
    if (writer != null) {
      throw new IllegalStateException("getWriter was called");
    }
    streaming = true;
    return out;
  }

  @Override
  public PrintWriter getWriter() throws IOException {
    if (streaming) {
      throw new IllegalStateException("getOutputStream was called");
    }
    if (writer == null) {
      Charset charset;
      try {
        charset = Charset.forName(getCharacterEncoding());
      } catch (IllegalArgumentException e) {
        UnsupportedEncodingException unsupported =
            new UnsupportedEncodingException(getCharacterEncoding());
        unsupported.initCause(e);
        throw unsupported;
      }
      encoding = charset.name();
      writer = new PrintWriter(new OutputStreamWriter(out, charset));
    }
    return writer;
  }

  @Override
  public void flushBuffer() {
    if (writer != null) {
      writer.flush();
    }
    committed = true;
  }

  @Override
  public boolean isCommitted() {
    return committed;
  }

  /** Forgets the body; what a writer still holds goes there first. */
  @Override
  public void resetBuffer() {
    if (committed) {
      throw committed();
    }
    if (writer != null) {
      writer.flush();
    }
    body.reset();
    committed = false; // the flush was ours, and nothing of it is left
  }

  @Override
  public void reset() {
    resetBuffer();
    headers.clear();
    status = SC_OK;
    type = null;
    typeAsGiven = null;
    encoding = null;
    locale = null;
    writer = null;
    streaming = false;
  }

  @Override
  public void setBufferSize(int size) {
    if (committed || body.written() > 0) {
      throw new IllegalStateException("Something has been written");
    }
    bufferSize = size;
  }

  @Override
  public int getBufferSize() {
    return bufferSize;
  }

  @Override
  public void setTrailerFields(Supplier<Map<String, String>> supplier) {
    throw new IllegalStateException(
        "setTrailerFields is not supported behind ServletIdempotencyFilter");
  }

  /** Writes to the body, until an error or a redirection has ended it. */
  private final class Held extends ServletOutputStream {

    @Override
    public void write(int b) {
      if (!ended) {
        body.write(b);
      }
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      if (!ended) {
        body.write(bytes, offset, length);
      }
    }

    @Override
    public void flush() {
      committed = true;
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setWriteListener(WriteListener listener) {
      throw new IllegalStateException(
          "setWriteListener is not supported behind ServletIdempotencyFilter");
    }
  }
}
