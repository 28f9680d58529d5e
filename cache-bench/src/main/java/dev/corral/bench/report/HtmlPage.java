package dev.corral.bench.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** A page that needs nothing from outside: its style, script and data are in it. */
public final class HtmlPage {
  private HtmlPage() {}

  /**
   * Fills a template of this package.
   *
   * @param script the name of the script that draws what the data say
   * @param json the data
   */
  public static String of(String template, String script, String json) {
    return resource(template)
        .replace("/*style*/", resource("report.css"))
        .replace("/*script*/", resource(script))
        // In a script element only "</" could end the data early; "<\/" is the same string in JSON.
        .replace("/*result*/", json.replace("</", "<\\/"));
  }

  static String resource(String name) {
    try (InputStream in = HtmlPage.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + name, e);
    }
  }
}
