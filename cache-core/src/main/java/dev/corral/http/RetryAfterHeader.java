package dev.corral.http;

import static java.time.temporal.ChronoField.YEAR;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code Retry-After} (RFC 9110, section 10.2.3): seconds, or a date in one of the three
 * forms that a recipient has to know (section 5.6.7). What does not parse says nothing.
 */
final class RetryAfterHeader {

  /** What is longer counts as this; nobody waits for it anyway. */
  static final Duration LONGEST = Duration.ofDays(3650);

  private static final int LONGEST_TEXT = 64;
  private static final Pattern SECONDS = Pattern.compile("0*([0-9]+)");
  private static final int MOST_DIGITS = 9;

  private RetryAfterHeader() {}

  /**
   * Returns the pause that an answer asks for, which is not negative; null if it asks for none. A
   * date is compared with the {@code Date} of the same answer, so that the clocks of client and
   * server need not agree.
   *
   * @param now what counts if the answer has no date of its own
   */
  static @Nullable Duration read(HttpHeaders headers, Instant now) {
    List<String> values = headers.allValues("Retry-After");
    if (values.size() != 1 || values.get(0).length() > LONGEST_TEXT) {
      return null;
    }
    String text = values.get(0).strip();
    Matcher seconds = SECONDS.matcher(text);
    if (seconds.matches()) {
      String digits = seconds.group(1);
      return digits.length() > MOST_DIGITS ? LONGEST : capped(Duration.ofSeconds(parse(digits)));
    }
    Instant until = date(text, now);
    if (until == null) {
      return null;
    }
    Instant sent = headers.firstValue("Date").map(date -> date(date, now)).orElse(now);
    Duration pause = Duration.between(sent, until);
    return pause.isNegative() ? Duration.ZERO : capped(pause);
  }

  private static int parse(String digits) {
    return Integer.parseInt(digits);
  }

  private static Duration capped(Duration pause) {
    return pause.compareTo(LONGEST) > 0 ? LONGEST : pause;
  }

  private static @Nullable Instant date(String text, Instant now) {
    if (text.length() > LONGEST_TEXT) {
      return null;
    }
    for (DateTimeFormatter form : forms(now)) {
      try {
        return LocalDateTime.parse(text, form).toInstant(ZoneOffset.UTC);
      } catch (DateTimeParseException e) {
        // Perhaps in the next form.
      }
    }
    return null;
  }

  private static List<DateTimeFormatter> forms(Instant now) {
    LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    DateTimeFormatter twoDigitYear =
        new DateTimeFormatterBuilder()
            .appendPattern("EEEE, dd-MMM-")
            // Not more than 50 years ahead: what seems to be is taken to be past.
            .appendValueReduced(YEAR, 2, 2, today.minusYears(49))
            .appendPattern(" HH:mm:ss 'GMT'")
            .toFormatter(Locale.ENGLISH);
    return List.of(
        DateTimeFormatter.ofPattern("EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.ENGLISH),
        twoDigitYear,
        DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss uuuu", Locale.ENGLISH));
  }
}
