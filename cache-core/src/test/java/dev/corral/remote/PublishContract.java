package dev.corral.remote;

import static dev.corral.remote.TwoNodes.bytes;
import static dev.corral.remote.TwoNodes.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The contract of publishing with a lease that stands in the value's place. */
interface PublishContract extends TwoNodes {

  @Test
  default void aLeaseMayBePublishedOnce() {
    Lease lease = lead(here(), "key");

    assertThat(publish(here(), lease, "first")).isTrue();
    assertThat(publish(here(), lease, "second")).isFalse();
    assertThat(text(find(here(), "key"))).isEqualTo("first");
  }

  @Test
  default void anExpiredLeaseCannotBePublished() {
    Lease lease = lead(here(), "key", SHORT);

    outlast(SHORT);

    assertRefused(lease);
  }

  @Test
  default void aLeaseThatExpiredAndWasGrantedToAnotherCannotBePublished() {
    Lease expired = lead(here(), "key", SHORT);
    outlast(SHORT);
    Lease current = lead(there(), "key");

    assertThat(publish(here(), expired, "late")).isFalse();

    assertThat(publish(there(), current, "value")).isTrue();
    assertThat(text(find(here(), "key"))).isEqualTo("value");
  }

  @Test
  default void aLateLeaseCannotReplaceWhatWasPublishedAfterIt() {
    Lease expired = lead(here(), "key", SHORT);
    outlast(SHORT);
    load(there(), "key", "value");

    assertThat(publish(here(), expired, "late")).isFalse();
    assertThat(text(find(here(), "key"))).isEqualTo("value");
  }

  @Test
  default void aReleasedLeaseCannotBePublished() {
    Lease lease = lead(here(), "key");

    here().release(lease);

    assertRefused(lease);
  }

  @Test
  default void aDeliveredLeaseCannotBePublished() {
    Lease lease = lead(here(), "key");

    here().deliver(lease, bytes("value"));

    assertRefused(lease);
  }

  @Test
  default void aFailedLeaseCannotBePublished() {
    Lease lease = lead(here(), "key");

    here().fail(lease, new StoredFailure(bytes("why")), new FailureBackoff(LONG, LONG, 1));

    assertThat(publish(here(), lease, "late")).isFalse();
    assertThat(here().lookUp("key", LONG)).isInstanceOf(Lookup.BackingOff.class);
  }

  @Test
  default void aLeaseRevokedByAnInvalidationCannotBePublished() {
    Lease lease = lead(here(), "key");

    there().invalidate("key");

    assertRefused(lease);
  }

  @Test
  default void aLeaseRevokedByAPutCannotBePublished() {
    Lease lease = lead(here(), "key");

    there().put("key", bytes("put"), LONG);

    assertThat(publish(here(), lease, "late")).isFalse();
    assertThat(text(find(here(), "key"))).isEqualTo("put");
  }

  @Test
  default void aLeaseRevokedByAClearCannotBePublished() {
    Lease lease = lead(here(), "key");

    there().clear();

    assertRefused(lease);
  }

  @Test
  default void aWrongTokenCannotBePublished() {
    Lease lease = lead(here(), "key");
    Lease other = lead(there(), "other");
    Lease forged = new Lease("key", other.token(), lease.stamp(), null);

    assertThat(publish(there(), forged, "forged")).isFalse();

    assertThat(publish(here(), lease, "value")).isTrue();
    assertThat(text(find(there(), "key"))).isEqualTo("value");
  }

  @Test
  default void anyNodeMayPublishWithALease() {
    Lease lease = lead(here(), "key");

    assertThat(publish(there(), lease, "value")).isTrue();
    assertThat(text(find(here(), "key"))).isEqualTo("value");
  }

  @Test
  default void publishingSeveralAnswersInTheOrderGiven() {
    Lease good = lead(here(), "good");
    Lease lost = lead(here(), "lost");
    Lease fine = lead(here(), "fine");
    there().invalidate("lost");

    List<PublishAnswer> answers =
        here()
            .publishAll(
                List.of(
                    new Publication(fine, bytes("f"), LONG),
                    new Publication(lost, bytes("l"), LONG),
                    new Publication(good, bytes("g"), LONG)));

    assertThat(answers)
        .containsExactly(PublishAnswer.STORED, PublishAnswer.LEASE_LOST, PublishAnswer.STORED);
    assertThat(text(find(there(), "fine"))).isEqualTo("f");
    assertThat(there().lookUp("lost", LONG)).isInstanceOf(Lookup.Granted.class);
    assertThat(text(find(there(), "good"))).isEqualTo("g");
  }

  @Test
  default void publishingSeveralGivesEachItsOwnLife() {
    Lease brief = lead(here(), "brief");
    Lease lasting = lead(here(), "lasting");

    here()
        .publishAll(
            List.of(
                new Publication(brief, bytes("b"), SHORT),
                new Publication(lasting, bytes("l"), LONG)));
    outlast(SHORT);

    assertThat(there().lookUp("brief", LONG)).isInstanceOf(Lookup.Granted.class);
    assertThat(there().lookUp("lasting", LONG)).isInstanceOf(Lookup.Found.class);
  }

  @Test
  default void publishingNoneAnswersNothing() {
    assertThat(here().publishAll(List.of())).isEmpty();
  }

  @Test
  default void aValueMayBeEmpty() {
    Lease lease = lead(here(), "key");

    assertThat(here().publish(new Publication(lease, new byte[0], LONG)))
        .isEqualTo(PublishAnswer.STORED);
    assertThat(find(there(), "key").bytes()).isEmpty();
  }

  @Test
  default void aValueMayHoldAnyBytes() {
    byte[] all = new byte[256];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) i;
    }
    Lease lease = lead(here(), "key");

    assertThat(here().publish(new Publication(lease, all, LONG))).isEqualTo(PublishAnswer.STORED);
    assertThat(find(there(), "key").bytes()).isEqualTo(all);
  }

  @Test
  default void aValueMayBeLarge() {
    byte[] large = new byte[1 << 20];
    Arrays.fill(large, (byte) 7);
    Lease lease = lead(here(), "key");

    assertThat(here().publish(new Publication(lease, large, LONG))).isEqualTo(PublishAnswer.STORED);
    assertThat(find(there(), "key").bytes()).isEqualTo(large);
  }

  private void assertRefused(Lease lease) {
    assertThat(publish(here(), lease, "late")).isFalse();
    assertThat(here().lookUp(lease.key(), LONG)).isInstanceOf(Lookup.Granted.class);
  }
}
