package dev.corral.remote;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The contract of tags. */
interface TagContract extends TwoNodes {

  @Test
  default void aTagThatWasNeverInvalidatedHolds() {
    assertThat(here().hold(List.of(mark("tag")))).containsExactly(true);
  }

  @Test
  default void aTagDoesNotHoldOnceItWasInvalidated() {
    TagMark before = mark("tag");

    long seq = there().invalidateTag("tag");

    assertThat(here().hold(List.of(before))).containsExactly(false);
    assertThat(here().hold(List.of(new TagMark("tag", seq)))).containsExactly(true);
  }

  @Test
  default void theLastInvalidationOfATagCounts() {
    long first = there().invalidateTag("tag");
    long second = here().invalidateTag("tag");

    assertThat(second).isGreaterThan(first);
    assertThat(here().hold(List.of(new TagMark("tag", first), new TagMark("tag", second))))
        .containsExactly(false, true);
  }

  @Test
  default void aTagHoldsWhateverElseIsInvalidatedInItsPartition() {
    TagMark before = mark("tag");

    here().invalidate(TestKeys.besides("tag"));
    here().invalidate("tag");
    here().invalidateTag(TestKeys.besides("tag"));

    assertThat(there().hold(List.of(before))).containsExactly(true);
  }

  @Test
  default void aKeyIsNoTag() {
    load(here(), "tag", "value");

    there().invalidateTag("tag");

    assertThat(TwoNodes.text(find(here(), "tag"))).isEqualTo("value");
  }

  @Test
  default void aTagCountsItsPartitionWithoutAHole() {
    int partition = RemoteRegion.partitionOf("tag");
    long before = here().seqs()[partition];

    long seq = here().invalidateTag("tag");

    assertThat(seq).isEqualTo(before + 1).isEqualTo(there().seqs()[partition]);
  }

  @Test
  default void allNodesAreToldOfATagAndWhoseItIs() throws InterruptedException {
    long seq = here().invalidateTag("Zürich/🐎");

    int partition = RemoteRegion.partitionOf("Zürich/🐎");
    assertThat(toldHere().nextTagInvalidated())
        .isEqualTo(new RecordedEvents.TagInvalidated("Zürich/🐎", partition, seq, true));
    assertThat(toldThere().nextTagInvalidated())
        .isEqualTo(new RecordedEvents.TagInvalidated("Zürich/🐎", partition, seq, false));
  }

  @Test
  default void aTagDoesNotHoldOnceItsPartitionWasCleared() {
    TagMark before = mark("tag");

    there().clear();

    assertThat(here().hold(List.of(before))).containsExactly(false);
    assertThat(here().hold(List.of(mark("tag")))).containsExactly(true);
  }

  @Test
  default void aTagDoesNotHoldOnceItsPartitionHasForgotten() {
    TagMark before = mark("tag");

    there().overtake(RemoteRegion.partitionOf("tag"), before.seq() + 3);

    assertThat(here().hold(List.of(before))).containsExactly(false);
  }

  @Test
  default void whatIsMarkedWithWhatHasNotBeenDoesNotHold() {
    TagMark now = mark("tag");

    assertThat(here().hold(List.of(new TagMark("tag", 0), new TagMark("tag", now.seq() + 1))))
        .containsExactly(false, false);
  }

  @Test
  default void manyTagsAreAnsweredInTheirOrder() {
    List<TagMark> marks = IntStream.range(0, 300).mapToObj(i -> mark("tag-" + i)).toList();
    there().invalidateTag("tag-7");
    there().invalidateTag("tag-77");

    List<Boolean> answers = here().hold(marks);

    for (int i = 0; i < marks.size(); i++) {
      assertThat(answers.get(i)).as("tag-" + i).isEqualTo(i != 7 && i != 77);
    }
    assertThat(here().hold(List.of())).isEmpty();
  }

  private TagMark mark(String tag) {
    return new TagMark(tag, here().seqs()[RemoteRegion.partitionOf(tag)]);
  }
}
