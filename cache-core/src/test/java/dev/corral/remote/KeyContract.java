package dev.corral.remote;

import static dev.corral.remote.TwoNodes.bytes;
import static dev.corral.remote.TwoNodes.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The contract of keys: any text of at most 65,535 bytes is one, and no two of them meet. */
interface KeyContract extends TwoNodes {

  /** Texts that a store might mistake for something else. */
  List<String> STRANGE =
      List.of(
          "",
          " ",
          ":",
          ":r",
          "key",
          "key:r",
          "key:r:r",
          "key ",
          "Key",
          "{key}",
          "}{",
          "{",
          "*",
          "key*",
          "[k]ey",
          "k?y",
          "key\0",
          "key\n",
          "key\r\nkey",
          "'\"\\",
          "%s%d",
          "grün",
          "gru\u0308n",
          "鍵",
          "\uD83D\uDD11",
          "\uFEFFkey");

  @Test
  default void strangeKeysAreLoadedAndFound() {
    STRANGE.forEach(key -> load(here(), key, "value of " + key));

    for (String key : STRANGE) {
      assertThat(text(find(there(), key))).isEqualTo("value of " + key);
    }
  }

  @Test
  default void strangeKeysComeBackInMessages() throws InterruptedException {
    for (String key : STRANGE) {
      here().invalidate(key);
      assertThat(toldThere().nextInvalidated().key()).isEqualTo(key);
    }
  }

  @Test
  default void strangeKeysComeBackInOutcomes() throws InterruptedException {
    for (String key : STRANGE) {
      Lease lease = lead(here(), key);
      assertThat(lease.key()).isEqualTo(key);
      awaitOutcome(there(), key);
      publish(here(), lease, "value of " + key);

      RecordedEvents.Ended told = toldThere().nextEnded();
      assertThat(told.key()).isEqualTo(key);
      assertThat(text(((LoadOutcome.Published) told.outcome()).value()))
          .isEqualTo("value of " + key);
    }
  }

  @Test
  default void strangeKeysAreRefreshedOnTheirOwn() {
    STRANGE.forEach(key -> load(here(), key, "old"));
    List<Lease> rights = STRANGE.stream().map(key -> leadRefresh(here(), key)).toList();

    rights.forEach(right -> assertThat(publish(here(), right, right.key())).isTrue());

    for (String key : STRANGE) {
      assertThat(text(find(there(), key))).isEqualTo(key);
    }
  }

  @Test
  default void strangeKeysAreInvalidatedOnTheirOwn() {
    for (String key : STRANGE) {
      STRANGE.forEach(other -> here().put(other, bytes(other), LONG));

      there().invalidate(key);

      for (String other : STRANGE) {
        if (!other.equals(key)) {
          assertThat(text(find(here(), other))).isEqualTo(other);
        }
      }
      here().release(lead(here(), key));
    }
  }

  @Test
  default void strangeKeysAreCleared() {
    STRANGE.forEach(key -> load(here(), key, "value"));

    there().clear();

    assertThat(here().lookUpAll(STRANGE, LONG)).allMatch(Lookup.Granted.class::isInstance);
  }

  @Test
  default void aKeyIsNotMistakenForTheRightToRefreshAnother() {
    String key = TestKeys.meeting(k -> k + ":r");
    load(here(), key, "old");
    Lease right = leadRefresh(here(), key);

    load(here(), key + ":r", "another");
    leadRefresh(there(), key + ":r");

    assertThat(publish(here(), right, "new")).isTrue();
    assertThat(text(find(there(), key))).isEqualTo("new");
    assertThat(text(find(there(), key + ":r"))).isEqualTo("another");
  }

  @Test
  default void invalidatingAKeyLeavesTheKeyNamedLikeItsRightAlone() {
    String key = TestKeys.meeting(k -> k + ":r");
    load(here(), key, "value");
    load(here(), key + ":r", "another");

    there().invalidate(key);

    assertThat(text(find(here(), key + ":r"))).isEqualTo("another");
  }

  @Test
  default void theKeysOfOnePartitionAreKeptApart() {
    String other = TestKeys.besides("key");
    load(here(), "key", "value");
    load(here(), other, "other value");

    there().invalidate("key");

    lead(here(), "key");
    assertThat(text(find(here(), other))).isEqualTo("other value");
  }

  @Test
  default void theLongestKeyIsLoadedRefreshedAndInvalidated() throws InterruptedException {
    String key = "k".repeat(65_535);
    load(here(), key, "old");
    publish(here(), leadRefresh(here(), key), "new");
    assertThat(text(find(there(), key))).isEqualTo("new");

    here().invalidate(key);

    assertThat(toldThere().nextInvalidated().key()).isEqualTo(key);
    lead(there(), key);
  }

  @Test
  default void longKeysThatDifferAtTheEndAreKeptApart() {
    String prefix = "鍵".repeat(21_844);
    assertThat(prefix.getBytes(StandardCharsets.UTF_8)).hasSize(65_532);
    load(here(), prefix + "a", "A");
    load(here(), prefix + "b", "B");

    assertThat(text(find(there(), prefix + "a"))).isEqualTo("A");
    assertThat(text(find(there(), prefix + "b"))).isEqualTo("B");
  }

  @Test
  default void thoseWhoWaitForTheLongestKeyAreTold() throws InterruptedException {
    String key = "k".repeat(65_535);
    Lease lease = lead(here(), key);
    awaitOutcome(there(), key);

    publish(here(), lease, "value");

    RecordedEvents.Ended told = toldThere().nextEnded();
    assertThat(told.key()).isEqualTo(key);
    assertThat(told.outcome().token()).isEqualTo(lease.token());
  }
}
