package dev.corral.remote;

import static dev.corral.remote.TwoNodes.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** The contract of arguments that are refused. */
interface ArgumentContract extends TwoNodes {

  /** Durations that are shorter than a millisecond. */
  List<Duration> TOO_SHORT = List.of(Duration.ZERO, Duration.ofNanos(999_999), LONG.negated());

  @Test
  default void regionNamesThatBreakTheRuleAreRefused() {
    List<String> bad =
        List.of("", " ", "a b", "a:b", "a/b", "a{b", "a}b", "a*", "é", "a\n", "n".repeat(129));
    try (RemoteStore node = newNode()) {
      for (String name : bad) {
        assertThatIllegalArgumentException()
            .as("name '%s'", name)
            .isThrownBy(() -> node.open(name, new RecordedEvents()));
      }
    }
  }

  @Test
  default void regionNamesThatKeepTheRuleAreTaken() {
    try (RemoteStore node = newNode()) {
      for (String name : List.of("a", "A.b_c-d@v2", "0", "@", "n".repeat(128))) {
        RemoteRegion region = node.open(name, new RecordedEvents());
        region.release(lead(region, regionName()));
        region.close();
      }
    }
  }

  @Test
  default void aLeaseTimeBelowAMillisecondIsRefused() {
    for (Duration time : TOO_SHORT) {
      assertRefused(() -> here().lookUp("key", time));
      assertRefused(() -> here().lookUpAll(List.of("key"), time));
      assertRefused(() -> here().lookUpToRefresh("key", time));
      assertRefused(() -> here().replace("key", new Id(1, 2), time));
    }
    lead(there(), "key");
  }

  @Test
  default void aRenewalBelowAMillisecondIsRefused() {
    Lease lease = lead(here(), "key");

    TOO_SHORT.forEach(time -> assertRefused(() -> here().renew(lease, time)));

    assertThat(publish(here(), lease, "value")).isTrue();
  }

  @Test
  default void aLifeBelowAMillisecondIsRefused() {
    load(here(), "key", "value");
    Lease right = leadRefresh(here(), "key");

    for (Duration life : TOO_SHORT) {
      assertRefused(() -> here().put("other", bytes("value"), life));
      assertRefused(() -> here().extend(right, life));
    }

    lead(there(), "other");
    assertThat(here().extend(right, LONG)).isTrue();
  }

  @Test
  default void onlyALeaseThatReplacesAValueCanExtend() {
    Lease lease = lead(here(), "key");

    assertRefused(() -> here().extend(lease, LONG));

    assertThat(publish(here(), lease, "value")).isTrue();
  }

  private static void assertRefused(ThrowingCallable step) {
    assertThatIllegalArgumentException().isThrownBy(step);
  }
}
