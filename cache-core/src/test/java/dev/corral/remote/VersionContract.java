package dev.corral.remote;

import static dev.corral.remote.TwoNodes.bytes;
import static dev.corral.remote.TwoNodes.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** The contract of version marks. */
interface VersionContract extends TwoNodes {

  @Test
  default void withoutAMarkAnyVersionIsStored() {
    assertThat(publish(lead(here(), "key"), Long.MIN_VALUE)).isEqualTo(PublishAnswer.STORED);
    assertThat(publishAbsent(lead(here(), "other"))).isEqualTo(PublishAnswer.STORED);
  }

  @Test
  default void aMarkKeepsOutWhatIsOlderAndNothingElse() {
    there().invalidate("key", mark(5));

    assertThat(publish(lead(here(), "key"), 4)).isEqualTo(PublishAnswer.OUTDATED);
    assertThat(publish(lead(here(), "key"), 5)).isEqualTo(PublishAnswer.STORED);
    assertThat(publish(leadRefresh(here(), "key"), 6)).isEqualTo(PublishAnswer.STORED);
    assertThat(text(find(there(), "key"))).isEqualTo("version 6");
  }

  @Test
  default void versionsAreOrderedAsNumbers() {
    List<Long> ascending =
        List.of(
            Long.MIN_VALUE,
            Long.MIN_VALUE + 1,
            -10L,
            -9L,
            -1L,
            0L,
            1L,
            9L,
            10L,
            // Neighbours that no double tells apart.
            (1L << 53),
            (1L << 53) + 1,
            Long.MAX_VALUE - 1,
            Long.MAX_VALUE);
    for (int i = 1; i < ascending.size(); i++) {
      String key = "key " + i;
      here().invalidate(key, mark(ascending.get(i)));

      assertThat(publish(lead(here(), key), ascending.get(i - 1)))
          .as("%d below %d", ascending.get(i - 1), ascending.get(i))
          .isEqualTo(PublishAnswer.OUTDATED);
      assertThat(publish(lead(here(), key), ascending.get(i))).isEqualTo(PublishAnswer.STORED);
    }
  }

  @Test
  default void aMarkKeepsOutWhatHasNoVersion() {
    here().invalidate("key", mark(Long.MIN_VALUE));

    assertThat(publishAbsent(lead(here(), "key"))).isEqualTo(PublishAnswer.OUTDATED);
  }

  @Test
  default void aMarkDoesNotKeepOutWhatIsNotGuarded() {
    here().invalidate("key", mark(5));

    assertThat(publish(here(), lead(here(), "key"), "value")).isTrue();
  }

  @Test
  default void whatIsKeptOutIsNotThereAndItsLeaseHasEnded() {
    here().invalidate("key", mark(5));

    Lease lease = lead(here(), "key");
    publish(lease, 4);

    assertThat(here().renew(lease, LONG)).isFalse();
    assertThat(publish(lead(there(), "key"), 4)).isEqualTo(PublishAnswer.OUTDATED);
    lead(here(), "key");
  }

  @Test
  default void thoseWhoWaitAreHandedWhatIsKeptOut() throws InterruptedException {
    here().invalidate("key", mark(5));
    Lease lease = lead(here(), "key");
    awaitOutcome(there(), "key");

    publish(lease, 4);

    var delivered = (LoadOutcome.Delivered) toldThere().nextEnded().outcome();
    assertThat(delivered.token()).isEqualTo(lease.token());
    assertThat(text(delivered.value())).isEqualTo("version 4");
    assertThat(delivered.value().leftMillis()).isZero();
  }

  @Test
  default void thoseWhoWaitAreHandedWhatIsKeptOutHoweverLargeItIs() throws InterruptedException {
    byte[] large = new byte[1 << 20];
    here().invalidate("key", mark(5));
    Lease lease = lead(here(), "key");
    awaitOutcome(there(), "key");

    here().publish(new Publication(lease, large, LONG).guarded(OptionalLong.of(4)));

    var delivered = (LoadOutcome.Delivered) toldThere().nextEnded().outcome();
    assertThat(delivered.value().bytes()).isEqualTo(large);
  }

  @Test
  default void aRefreshThatBringsSomethingOlderLeavesWhatIsThere() throws InterruptedException {
    here().invalidate("key", mark(5));
    publish(lead(here(), "key"), 5);
    Lease right = leadRefresh(here(), "key");
    awaitRefresh(there(), "key");

    assertThat(publish(right, 4)).isEqualTo(PublishAnswer.OUTDATED);

    assertThat(toldThere().nextEnded().outcome()).isInstanceOf(LoadOutcome.Delivered.class);
    assertThat(text(find(here(), "key"))).isEqualTo("version 5");
    leadRefresh(there(), "key");
  }

  @Test
  default void aLeaseFromBeforeTheMarkIsLostWhateverItBrings() {
    Lease lease = lead(here(), "key");

    there().invalidate("key", mark(5));

    assertThat(publish(lease, 4)).isEqualTo(PublishAnswer.LEASE_LOST);
    assertThat(publish(lease, 6)).isEqualTo(PublishAnswer.LEASE_LOST);
  }

  @Test
  default void aMarkIsForgottenWhenItsTimeIsUp() {
    here().invalidate("key", new VersionMark(5, SHORT));

    outlast(SHORT);

    assertThat(publish(lead(here(), "key"), 4)).isEqualTo(PublishAnswer.STORED);
  }

  @Test
  default void ofTwoMarksTheHigherStays() {
    here().invalidate("key", mark(5));
    there().invalidate("key", mark(3));

    assertThat(publish(lead(here(), "key"), 4)).isEqualTo(PublishAnswer.OUTDATED);

    there().invalidate("key", mark(7));

    assertThat(publish(lead(here(), "key"), 6)).isEqualTo(PublishAnswer.OUTDATED);
    assertThat(publish(lead(here(), "key"), 7)).isEqualTo(PublishAnswer.STORED);
  }

  @Test
  default void aLowerMarkRenewsTheTimeOfTheHigher() {
    here().invalidate("key", new VersionMark(5, SHORT));
    there().invalidate("key", mark(3));

    outlast(SHORT);

    assertThat(publish(lead(here(), "key"), 4)).isEqualTo(PublishAnswer.OUTDATED);
  }

  @Test
  default void anInvalidationWithoutAMarkLeavesTheMarkThatStands() {
    here().invalidate("key", mark(5));

    there().invalidate("key");
    there().clear();

    assertThat(publish(lead(here(), "key"), 4)).isEqualTo(PublishAnswer.OUTDATED);
  }

  @Test
  default void aMarkIsThatOfItsKeyAlone() {
    String other = TestKeys.besides("key");
    here().invalidate("key", mark(5));

    assertThat(publish(lead(here(), other), 4)).isEqualTo(PublishAnswer.STORED);
  }

  @Test
  default void longKeysHaveMarksToo() {
    String key = "k".repeat(65_535);
    here().invalidate(key, mark(5));

    assertThat(publish(lead(here(), key), 4)).isEqualTo(PublishAnswer.OUTDATED);
    assertThat(publish(lead(here(), "k".repeat(65_534)), 4)).isEqualTo(PublishAnswer.STORED);
  }

  @Test
  default void aMarkComesWithAnInvalidation() throws InterruptedException {
    load(here(), "key", "old");

    here().invalidate("key", mark(5));

    assertThat(toldThere().nextInvalidated().key()).isEqualTo("key");
    lead(there(), "key");
  }

  @Test
  default void severalKeysAreMarkedTogether() throws InterruptedException {
    load(here(), "a", "old");

    here().invalidateAll(Map.of("a", mark(5), "b", mark(6)));

    assertThat(List.of(toldThere().nextInvalidated().key(), toldThere().nextInvalidated().key()))
        .containsExactlyInAnyOrder("a", "b");
    Publication a = publication(lead(here(), "a"), 5);
    Publication b = publication(lead(here(), "b"), 5);
    Lease lost = lead(here(), "c");
    there().invalidate("c");
    assertThat(here().publishAll(List.of(b, publication(lost, 5), a)))
        .containsExactly(PublishAnswer.OUTDATED, PublishAnswer.LEASE_LOST, PublishAnswer.STORED);
  }

  @Test
  default void aWriteLeavesTheMarkOfWhatItStored() {
    Lease write = here().beginWrite("key", LONG);

    assertThat(here().endWrite(write, bytes("written"), LONG, mark(5))).isTrue();

    assertThat(text(find(there(), "key"))).isEqualTo("written");
    assertThat(publish(leadRefresh(there(), "key"), 4)).isEqualTo(PublishAnswer.OUTDATED);
    assertThat(publish(leadRefresh(there(), "key"), 5)).isEqualTo(PublishAnswer.STORED);
  }

  @Test
  default void aWriteThatWasOverlappedLeavesItsMarkAllTheSame() {
    Lease first = here().beginWrite("key", LONG);
    there().beginWrite("key", LONG);

    assertThat(here().endWrite(first, bytes("first"), LONG, mark(5))).isFalse();

    assertThat(publish(lead(there(), "key"), 4)).isEqualTo(PublishAnswer.OUTDATED);
  }

  @Test
  default void aWriteOfSomethingOlderThanTheMarkDropsWhatIsThere() {
    load(here(), "key", "old");
    there().invalidate("key", mark(5));
    Lease write = here().beginWrite("key", LONG);

    assertThat(here().endWrite(write, bytes("written"), LONG, mark(4))).isFalse();

    assertThat(publish(lead(there(), "key"), 4)).isEqualTo(PublishAnswer.OUTDATED);
  }

  @Test
  default void aPutIsNotKeptOutAndLeavesTheMark() {
    here().invalidate("key", mark(5));

    there().put("key", bytes("put"), LONG);

    assertThat(text(find(here(), "key"))).isEqualTo("put");
    assertThat(publish(leadRefresh(here(), "key"), 4)).isEqualTo(PublishAnswer.OUTDATED);
  }

  @Test
  default void aMarkBelowAMillisecondIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new VersionMark(5, Duration.ZERO));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new VersionMark(5, Duration.ofNanos(999_999)));
  }

  private static VersionMark mark(long version) {
    return new VersionMark(version, LONG);
  }

  private static Publication publication(Lease lease, long version) {
    return new Publication(lease, bytes("version " + version), LONG)
        .guarded(OptionalLong.of(version));
  }

  private PublishAnswer publish(Lease lease, long version) {
    return here().publish(publication(lease, version));
  }

  private PublishAnswer publishAbsent(Lease lease) {
    return here()
        .publish(new Publication(lease, bytes("absent"), LONG).guarded(OptionalLong.empty()));
  }
}
