package dev.corral.remote;

import static dev.corral.remote.TwoNodes.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The contract of the seqs, and of checking copies by them. */
interface SeqContract extends TwoNodes {

  @Test
  default void everyPartitionHasASeq() {
    assertThat(here().seqs()).hasSize(RemoteRegion.PARTITIONS).doesNotContain(0, -1);
  }

  @Test
  default void anInvalidationCountsThePartitionOfItsKeyAndNoOther() throws InterruptedException {
    long[] before = here().seqs();

    there().invalidate("key");

    long[] after = here().seqs();
    int partition = RemoteRegion.partitionOf("key");
    RecordedEvents.Invalidated told = toldHere().nextInvalidated();
    assertThat(told.partition()).isEqualTo(partition);
    assertThat(after[partition]).isEqualTo(told.stamp()).isEqualTo(before[partition] + 1);
    before[partition]++;
    assertThat(after).isEqualTo(before);
  }

  @Test
  default void thereIsNoHoleBetweenTwoInvalidationsOfAPartition() throws InterruptedException {
    here().invalidate("key");
    there().put("key", bytes("value"), LONG);
    there().invalidateAll(List.of("key", TestKeys.besides("key")));

    List<Long> stamps = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      stamps.add(toldHere().nextInvalidated().stamp());
    }
    assertThat(stamps.get(3) - stamps.get(0)).isEqualTo(3);
  }

  @Test
  default void aClearTellsTheSeqsThatItLeaves() throws InterruptedException {
    load(here(), "key", "value");

    there().clear();

    List<Long> told = toldHere().nextCleared().seqs();
    assertThat(told).hasSize(RemoteRegion.PARTITIONS);
    assertThat(here().seqs()).containsExactly(told.stream().mapToLong(Long::longValue).toArray());
  }

  @Test
  default void loadsCountNothing() {
    long[] before = here().seqs();

    load(here(), "key", "value");
    publish(there(), leadRefresh(there(), "key"), "new");
    here().release(leadRefresh(here(), "key"));

    assertThat(here().seqs()).isEqualTo(before);
  }

  @Test
  default void aCopyOfTheValueThatIsThereIsGoodForWhatIsLeftOfIt() {
    load(here(), "key", "value");
    long stamp = find(there(), "key").stamp();

    Optional<Duration> left = there().revalidate(List.of(new Copy("key", stamp))).get(0);

    assertThat(left).hasValueSatisfying(life -> assertThat(life).isBetween(ONE_MINUTE, LONG));
  }

  @Test
  default void aCopyIsNotGoodOnceItsKeyWasInvalidated() {
    long stamp = stampOfLoaded("key");
    there().invalidate("key");
    load(there(), "key", "new");

    assertThat(here().revalidate(List.of(new Copy("key", stamp))))
        .containsExactly(Optional.empty());
  }

  @Test
  default void aCopyIsNotGoodOnceTheRegionWasCleared() {
    long stamp = stampOfLoaded("key");
    there().clear();

    assertThat(here().revalidate(List.of(new Copy("key", stamp))))
        .containsExactly(Optional.empty());
  }

  @Test
  default void aCopyStaysGoodWhenItsNeighbourIsInvalidated() {
    long stamp = stampOfLoaded("key");
    there().invalidate(TestKeys.besides("key"));

    assertThat(here().revalidate(List.of(new Copy("key", stamp))).get(0)).isPresent();
  }

  @Test
  default void aCopyIsNotGoodIfNothingOrAnotherThingIsThere() {
    Lease lease = lead(here(), "loading");
    long stamp = lease.stamp();

    assertThat(here().revalidate(List.of(new Copy("loading", stamp), new Copy("nothing", stamp))))
        .containsExactly(Optional.empty(), Optional.empty());
    lead(there(), "nothing"); // and asking granted nothing
  }

  @Test
  default void aCopyWithoutAStampIsNotGood() {
    load(here(), "key", "value");

    assertThat(here().revalidate(List.of(new Copy("key", 0)))).containsExactly(Optional.empty());
  }

  @Test
  default void severalCopiesAreAnsweredInTheirOrder() {
    List<String> keys = IntStream.range(0, 50).mapToObj(i -> "key-" + i).toList();
    List<Copy> copies = new ArrayList<>();
    for (String key : keys) {
      copies.add(new Copy(key, stampOfLoaded(key)));
    }
    there().invalidate(keys.get(7));

    List<Optional<Duration>> answers = here().revalidate(copies);

    for (int i = 0; i < keys.size(); i++) {
      assertThat(answers.get(i).isPresent()).as(keys.get(i)).isEqualTo(i != 7);
    }
    assertThat(here().revalidate(List.of())).isEmpty();
  }

  @Test
  default void aForgottenSeqVoidsItsPartitionAndNoOther() {
    String stranger =
        IntStream.range(0, 1000)
            .mapToObj(i -> "stranger-" + i)
            .filter(key -> RemoteRegion.partitionOf(key) != RemoteRegion.partitionOf("key"))
            .findFirst()
            .orElseThrow();
    load(here(), "key", "value");
    load(here(), stranger, "value");
    Lease lease = lead(here(), TestKeys.besides("key"));
    int partition = RemoteRegion.partitionOf("key");
    long seq = here().seqs()[partition];

    here().overtake(partition, seq + 5);

    assertThat(here().seqs()[partition]).isGreaterThan(seq + 5);
    lead(there(), "key");
    assertThat(publish(here(), lease, "late")).isFalse();
    assertThat(TwoNodes.text(find(there(), stranger))).isEqualTo("value");
  }

  @Test
  default void aSeqThatIsNotForgottenVoidsNothing() {
    load(here(), "key", "value");
    int partition = RemoteRegion.partitionOf("key");
    long seq = here().seqs()[partition];

    here().overtake(partition, seq);

    assertThat(here().seqs()[partition]).isEqualTo(seq);
    assertThat(TwoNodes.text(find(there(), "key"))).isEqualTo("value");
  }

  private long stampOfLoaded(String key) {
    return load(here(), key, "value").stamp();
  }
}
