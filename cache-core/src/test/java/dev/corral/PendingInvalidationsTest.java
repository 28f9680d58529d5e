package dev.corral;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.PendingInvalidations.Item;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The list of what has not been delivered. */
class PendingInvalidationsTest {

  private static final int LIMIT = 3_000;

  private final PendingInvalidations pending = new PendingInvalidations(LIMIT);

  @Test
  void aKeyIsPendingOnceHoweverOftenItIsAskedFor() {
    pending.add(keys("a", "b"));
    pending.add(keys("a"));

    assertThat(pending.size()).isEqualTo(2);
    assertThat(pending.batch().texts(false)).containsExactly("a", "b");
    assertThat(pending.holds(Item.key("a"))).isTrue();
    assertThat(pending.holds(Item.key("c"))).isFalse();
  }

  @Test
  void whatIsDeliveredIsForgotten() {
    pending.add(keys("a"));

    pending.delivered(pending.batch());

    assertThat(pending.isEmpty()).isTrue();
    assertThat(pending.holds(Item.key("a"))).isFalse();
  }

  @Test
  void aKeyIsPendingWithTheHighestMarkThatItIsToLeave() {
    pending.add("a", 5L);
    pending.add("a", 3L);
    pending.add("a", null);
    pending.add("b", null);

    assertThat(pending.batch().marks()).containsOnly(Map.entry("a", 5L));
    assertThat(pending.batch().unmarked()).containsExactly("b");

    pending.delivered(pending.batch());
    pending.add("a", null);
    assertThat(pending.batch().marks()).isEmpty();
  }

  @Test
  void aMarkThatWasRaisedSinceABatchWasTakenIsDeliveredAgain() {
    pending.add("a", 5L);
    PendingInvalidations.Batch batch = pending.batch();
    pending.add("a", 6L);

    pending.delivered(batch);

    assertThat(pending.batch().marks()).containsOnly(Map.entry("a", 6L));
  }

  @Test
  void marksAreForgottenWithTheKeysThatBecomeAll() {
    pending.add("a", 5L);
    pending.addAll();
    pending.add("b", 6L);

    assertThat(pending.batch().all()).isTrue();
    assertThat(pending.batch().marks()).isEmpty();
  }

  // The key was changed again while the first invalidation was on its way.
  @Test
  void whatIsAskedForAgainWhileItIsDeliveredStays() {
    pending.add(keys("a", "b"));
    PendingInvalidations.Batch batch = pending.batch();
    pending.add(keys("a"));

    pending.delivered(batch);

    assertThat(pending.batch().texts(false)).containsExactly("a");
  }

  @Test
  void allKeysAreOneAndTakeTheOthersIn() {
    pending.add(keys("a"));
    pending.addAll();
    pending.add(keys("b"));

    PendingInvalidations.Batch batch = pending.batch();

    assertThat(pending.size()).isOne();
    assertThat(pending.holds(Item.key("anything"))).isTrue();
    assertThat(batch.all()).isTrue();
    assertThat(batch.texts(false)).isEmpty();
  }

  @Test
  void aKeyThatIsAskedForWhileAllAreDeliveredKeepsThemPending() {
    pending.addAll();
    PendingInvalidations.Batch batch = pending.batch();
    pending.add(keys("b"));

    pending.delivered(batch);

    assertThat(pending.isEmpty()).isFalse();
    assertThat(pending.holds(Item.key("b"))).isTrue();
    pending.delivered(pending.batch());
    assertThat(pending.isEmpty()).isTrue();
  }

  @Test
  void tooManyKeysBecomeAll() {
    pending.add(keys(texts(LIMIT)));
    assertThat(pending.batch().all()).isFalse();

    pending.add(keys("one more"));

    assertThat(pending.batch().all()).isTrue();
    assertThat(pending.size()).isOne();
  }

  @Test
  void batchesAreBoundedAndTakeTheOldestFirst() {
    pending.add(keys(texts(2_500)));

    List<Integer> sizes = new ArrayList<>();
    List<String> delivered = new ArrayList<>();
    while (!pending.isEmpty()) {
      PendingInvalidations.Batch batch = pending.batch();
      sizes.add(batch.texts(false).size());
      delivered.addAll(batch.texts(false));
      pending.delivered(batch);
    }

    assertThat(sizes).containsExactly(1_000, 1_000, 500);
    assertThat(delivered).isEqualTo(texts(2_500));
  }

  @Test
  void aTagIsNotTheKeyOfTheSameText() {
    pending.add(keys("a"));
    pending.add(List.of(Item.tag("a"), Item.tag("b")));

    PendingInvalidations.Batch batch = pending.batch();

    assertThat(batch.texts(false)).containsExactly("a");
    assertThat(batch.texts(true)).containsExactly("a", "b");
    assertThat(pending.holds(Item.key("b"))).isFalse();
    assertThat(pending.holds(Item.tag("b"))).isTrue();
    assertThat(pending.size()).isEqualTo(3);
  }

  private static List<Item> keys(String... texts) {
    return keys(List.of(texts));
  }

  private static List<Item> keys(List<String> texts) {
    return texts.stream().map(Item::key).toList();
  }

  private static List<String> texts(int count) {
    return IntStream.range(0, count).mapToObj(i -> "key-" + i).toList();
  }
}
