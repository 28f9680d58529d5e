package dev.corral;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The list of what has not been delivered. */
class PendingInvalidationsTest {

  private static final int LIMIT = 3_000;

  private final PendingInvalidations pending = new PendingInvalidations(LIMIT);

  @Test
  void aKeyIsPendingOnceHoweverOftenItIsAskedFor() {
    pending.add(List.of("a", "b"));
    pending.add(List.of("a"));

    assertThat(pending.size()).isEqualTo(2);
    assertThat(pending.batch().texts()).containsExactly("a", "b");
    assertThat(pending.holds("a")).isTrue();
    assertThat(pending.holds("c")).isFalse();
  }

  @Test
  void whatIsDeliveredIsForgotten() {
    pending.add(List.of("a"));

    pending.delivered(pending.batch());

    assertThat(pending.isEmpty()).isTrue();
    assertThat(pending.holds("a")).isFalse();
  }

  // The key was changed again while the first invalidation was on its way.
  @Test
  void whatIsAskedForAgainWhileItIsDeliveredStays() {
    pending.add(List.of("a", "b"));
    PendingInvalidations.Batch batch = pending.batch();
    pending.add(List.of("a"));

    pending.delivered(batch);

    assertThat(pending.batch().texts()).containsExactly("a");
  }

  @Test
  void allKeysAreOneAndTakeTheOthersIn() {
    pending.add(List.of("a"));
    pending.addAll();
    pending.add(List.of("b"));

    PendingInvalidations.Batch batch = pending.batch();

    assertThat(pending.size()).isOne();
    assertThat(pending.holds("anything")).isTrue();
    assertThat(batch.all()).isTrue();
    assertThat(batch.texts()).isEmpty();
  }

  @Test
  void aKeyThatIsAskedForWhileAllAreDeliveredKeepsThemPending() {
    pending.addAll();
    PendingInvalidations.Batch batch = pending.batch();
    pending.add(List.of("b"));

    pending.delivered(batch);

    assertThat(pending.isEmpty()).isFalse();
    assertThat(pending.holds("b")).isTrue();
    pending.delivered(pending.batch());
    assertThat(pending.isEmpty()).isTrue();
  }

  @Test
  void tooManyKeysBecomeAll() {
    pending.add(texts(LIMIT));
    assertThat(pending.batch().all()).isFalse();

    pending.add(List.of("one more"));

    assertThat(pending.batch().all()).isTrue();
    assertThat(pending.size()).isOne();
  }

  @Test
  void batchesAreBoundedAndTakeTheOldestFirst() {
    pending.add(texts(2_500));

    List<Integer> sizes = new ArrayList<>();
    List<String> delivered = new ArrayList<>();
    while (!pending.isEmpty()) {
      PendingInvalidations.Batch batch = pending.batch();
      sizes.add(batch.texts().size());
      delivered.addAll(batch.texts());
      pending.delivered(batch);
    }

    assertThat(sizes).containsExactly(1_000, 1_000, 500);
    assertThat(delivered).isEqualTo(texts(2_500));
  }

  private static List<String> texts(int count) {
    return IntStream.range(0, count).mapToObj(i -> "key-" + i).toList();
  }
}
