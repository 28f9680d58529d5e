package dev.corral.bench;

import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Reads the values of options, and refuses a wrong one with a sentence that says what is right. */
record Values(CommandLine command) {
  private static final Pattern DURATION = Pattern.compile("(\\d{1,6}(?:\\.\\d{1,3})?)(ms|s|m)");

  int number(String option, String text, int least, int most) {
    if (text.matches("\\d{1,9}")) {
      int number = Integer.parseInt(text);
      if (number >= least && number <= most) {
        return number;
      }
    }
    throw refusal(
        "%s takes a whole number from %d to %d, not \"%s\".".formatted(option, least, most, text));
  }

  Duration duration(String option, String text, Duration least, Duration most) {
    Matcher matcher = DURATION.matcher(text);
    if (matcher.matches()) {
      Duration duration = millis(new BigDecimal(matcher.group(1)), matcher.group(2));
      if (duration.compareTo(least) >= 0 && duration.compareTo(most) <= 0) {
        return duration;
      }
    }
    throw refusal(
        "%s takes a time from %d ms to %d s, such as 500ms, 2s or 1.5m, not \"%s\"."
            .formatted(option, least.toMillis(), most.toSeconds(), text));
  }

  private static Duration millis(BigDecimal number, String unit) {
    int millis =
        switch (unit) {
          case "ms" -> 1;
          case "s" -> 1000;
          default -> 60_000;
        };
    return Duration.ofMillis(number.multiply(BigDecimal.valueOf(millis)).longValue());
  }

  URI redis(String option, String text) {
    if (!text.matches("rediss?://[^\\s/]+(/\\d*)?")) {
      throw refusal(
          "%s takes an address like redis://localhost:6379, not \"%s\".".formatted(option, text));
    }
    return URI.create(text);
  }

  String jdbc(String option, String text) {
    if (!text.startsWith("jdbc:postgresql:")) {
      throw refusal(
          "%s takes an address like jdbc:postgresql://localhost/shop?user=me, not \"%s\"."
              .formatted(option, text));
    }
    return text;
  }

  /** A folder that may not be there yet. */
  Path folder(String option, Path path) {
    if (Files.exists(path) && !Files.isDirectory(path)) {
      throw refusal("%s takes a folder, and %s is a file.".formatted(option, path));
    }
    return path;
  }

  ParameterException refusal(String sentence) {
    return new ParameterException(command, sentence);
  }
}
