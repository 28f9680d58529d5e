package dev.corral.idempotency.servlet;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.corral.idempotency.Attempt;
import dev.corral.idempotency.http.RecordedResponse;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpUpgradeHandler;
import jakarta.servlet.http.Part;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.io.UnsupportedEncodingException;
import java.net.URLDecoder;
import java.nio.charset.Charset;
import java.nio.charset.UnsupportedCharsetException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request whose body has been read. */
final class HeldRequest extends HttpServletRequestWrapper {

  private final Attempt<RecordedResponse> attempt;
  private final byte[] body;
  private final ServletInputStream in;
  private @Nullable BufferedReader reader;
  private boolean streaming;
  private @Nullable Map<String, String[]> parameters;

  HeldRequest(HttpServletRequest request, Attempt<RecordedResponse> attempt, byte[] body) {
    super(request);
    this.attempt = attempt;
    this.body = body;
    in = new Bytes(new ByteArrayInputStream(body));
  }

  private static IllegalStateException unsupported(String what) {
    return new IllegalStateException(what + " is not supported behind ServletIdempotencyFilter");
  }

  @Override
  public Object getAttribute(String name) {
    return name.equals(ServletIdempotencyFilter.ATTEMPT) ? attempt : super.getAttribute(name);
  }

  @Override
  public ServletInputStream getInputStream() {
    if (reader != null) {
      throw new IllegalStateException("getReader was called");
    }
    streaming = true;
    return in;
  }

  @Override
  public BufferedReader getReader() throws UnsupportedEncodingException {
    if (streaming) {
      throw new IllegalStateException("getInputStream was called");
    }
    if (reader == null) {
      reader = new BufferedReader(new InputStreamReader(in, charset(ISO_8859_1)));
    }
    return reader;
  }

  private Charset charset(Charset otherwise) throws UnsupportedEncodingException {
    String name = getCharacterEncoding();
    try {
      return name == null ? otherwise : Charset.forName(name);
    } catch (IllegalArgumentException e) {
      UnsupportedEncodingException unsupported = new UnsupportedEncodingException(name);
      unsupported.initCause(e);
      throw unsupported;
    }
  }

  /** Those of the query, which the server knows, and then those of a form in the body. */
  @Override
  public Map<String, String[]> getParameterMap() {
    if (parameters == null) {
      Map<String, List<String>> all = new LinkedHashMap<>();
      super.getParameterMap()
          .forEach((name, values) -> all.put(name, new ArrayList<>(Arrays.asList(values))));
      if (isForm()) {
        addForm(all);
      }
      Map<String, String[]> arrays = new LinkedHashMap<>();
      all.forEach((name, values) -> arrays.put(name, values.toArray(new String[0])));
      parameters = Collections.unmodifiableMap(arrays);
    }
    return parameters;
  }

  private boolean isForm() {
    String type = getContentType();
    return type != null
        && type.split(";", 2)[0]
            .strip()
            .toLowerCase(Locale.ROOT)
            .equals("application/x-www-form-urlencoded");
  }

  private void addForm(Map<String, List<String>> all) {
    Charset charset;
    try {
      charset = charset(UTF_8);
    } catch (UnsupportedEncodingException e) {
      UnsupportedCharsetException unsupported =
          new UnsupportedCharsetException(String.valueOf(e.getMessage()));
      unsupported.initCause(e);
      throw unsupported;
    }
    for (String pair : new String(body, ISO_8859_1).split("&", -1)) {
      if (!pair.isEmpty()) {
        String[] parts = pair.split("=", 2);
        String value = parts.length == 1 ? "" : URLDecoder.decode(parts[1], charset);
        all.computeIfAbsent(URLDecoder.decode(parts[0], charset), name -> new ArrayList<>())
            .add(value);
      }
    }
  }

  @Override
  public @Nullable String getParameter(String name) {
    String[] values = getParameterMap().get(name);
    return values == null ? null : values[0];
  }

  @Override
  public Enumeration<String> getParameterNames() {
    return Collections.enumeration(getParameterMap().keySet());
  }

  @Override
  public String @Nullable [] getParameterValues(String name) {
    String[] values = getParameterMap().get(name);
    return values == null ? null : values.clone();
  }

  @Override
  public Collection<Part> getParts() {
    throw unsupported("getParts");
  }

  @Override
  public Part getPart(String name) {
    throw unsupported("getPart");
  }

  @Override
  public boolean isAsyncSupported() {
    return false;
  }

  @Override
  public AsyncContext startAsync() {
    throw unsupported("startAsync");
  }

  @Override
  public AsyncContext startAsync(ServletRequest request, ServletResponse response) {
    throw unsupported("startAsync");
  }

  @Override
  public <T extends HttpUpgradeHandler> T upgrade(Class<T> handler) {
    throw unsupported("upgrade");
  }

  /** The body, which is there at once. */
  private static final class Bytes extends ServletInputStream {
    private final ByteArrayInputStream bytes;

    private Bytes(ByteArrayInputStream bytes) {
      this.bytes = bytes;
    }

    @Override
    public int read() {
      return bytes.read();
    }

    @Override
    public int read(byte[] into, int offset, int most) {
      return bytes.read(into, offset, most);
    }

    @Override
    public int available() {
      return bytes.available();
    }

    @Override
    public boolean isFinished() {
      return bytes.available() == 0;
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setReadListener(ReadListener listener) {
      throw unsupported("setReadListener");
    }
  }
}
