package dev.corral.bench.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The result as one page that needs nothing from outside: its style, script and data are in it. */
public final class HtmlReport {
  private HtmlReport() {}

  public static String of(StampedeResult result) {
    return resource("report.html")
        .replace("/*style*/", resource("report.css"))
        .replace("/*script*/", resource("report.js"))
        // In a script element only "</" could end the data early; "<\/" is the same string in JSON.
        .replace("/*result*/", ResultJson.of(result).replace("</", "<\\/"));
  }

  private static String resource(String name) {
    try (InputStream in = HtmlReport.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + name, e);
    }
  }
}
