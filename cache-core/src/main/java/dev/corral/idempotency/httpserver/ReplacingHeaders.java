package dev.corral.idempotency.httpserver;

import com.sun.net.httpserver.Headers;
import java.util.ArrayList;
import java.util.List;

/**
 * The headers of a response in which {@code ?} stands for each character beyond ISO 8859-1. Recent
 * JDKs refuse such a value, and a handler that has taken effect would fail because of a dash.
 */
final class ReplacingHeaders extends Headers {

  private static final char LAST = '\u00ff';

  @Override
  public void add(String key, String value) {
    super.add(key, replaced(value));
  }

  @Override
  public void set(String key, String value) {
    super.set(key, replaced(value));
  }

  @Override
  public List<String> put(String key, List<String> value) {
    // A list that can grow: the next value of the same name is added to it.
    List<String> values = new ArrayList<>(value);
    values.replaceAll(ReplacingHeaders::replaced);
    return super.put(key, values);
  }

  private static String replaced(String value) {
    StringBuilder allowed = new StringBuilder(value);
    for (int i = 0; i < value.length(); i++) {
      if (value.charAt(i) > LAST) {
        allowed.setCharAt(i, '?');
      }
    }
    return allowed.toString();
  }
}
