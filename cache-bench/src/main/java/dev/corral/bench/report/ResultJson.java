package dev.corral.bench.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Path;

/** The result as JSON. */
public final class ResultJson {
  private static final ObjectMapper MAPPER =
      new ObjectMapper()
          .enable(SerializationFeature.INDENT_OUTPUT)
          // What is computed from other fields is written, and not read.
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  private ResultJson() {}

  /**
   * Reads a result of an earlier run.
   *
   * @throws IOException if it cannot be read, or is none
   */
  public static StampedeResult read(Path file) throws IOException {
    StampedeResult result = MAPPER.readValue(file.toFile(), StampedeResult.class);
    if (result.contenders() == null) {
      throw new IOException("it has no contenders");
    }
    return result;
  }

  public static String of(StampedeResult result) {
    return json(result);
  }

  public static String of(PaymentsResult result) {
    return json(result);
  }

  public static String of(HerdResult result) {
    return json(result);
  }

  private static String json(Object result) {
    try {
      return MAPPER.writeValueAsString(result);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A result is not JSON", e);
    }
  }
}
