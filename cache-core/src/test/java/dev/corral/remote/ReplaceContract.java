package dev.corral.remote;

import static dev.corral.remote.TwoNodes.bytes;
import static dev.corral.remote.TwoNodes.granted;
import static dev.corral.remote.TwoNodes.taken;
import static dev.corral.remote.TwoNodes.text;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The contract of taking the place of a value that its reader cannot use. */
interface ReplaceContract extends TwoNodes {

  @Test
  default void whoCannotUseAValueIsGrantedTheLeaseInItsPlace() {
    Id unusable = load(here(), "key", "bad").token();

    Lease lease = granted(there().replace("key", unusable, LONG));

    assertThat(lease.replaces()).isNull();
    assertThat(taken(here().lookUp("key", LONG)).token()).isEqualTo(lease.token());
    assertThat(publish(there(), lease, "good")).isTrue();
    assertThat(text(find(here(), "key"))).isEqualTo("good");
  }

  @Test
  default void ofTwoWhoCannotUseAValueOneIsGrantedTheLease() {
    Id unusable = load(here(), "key", "bad").token();

    Lease first = granted(here().replace("key", unusable, LONG));

    assertThat(taken(there().replace("key", unusable, LONG)).token()).isEqualTo(first.token());
  }

  @Test
  default void whoeverReplacesAChangedValueFindsTheNewOne() {
    Id unusable = load(here(), "key", "bad").token();
    publish(here(), leadRefresh(here(), "key"), "good");

    Lookup answer = there().replace("key", unusable, LONG);

    assertThat(answer).isInstanceOf(Lookup.Found.class);
    assertThat(text(((Lookup.Found) answer).value())).isEqualTo("good");
  }

  @Test
  default void whoeverReplacesAValueThatIsGoneIsGrantedTheLease() {
    Id unusable = load(here(), "key", "bad").token();
    here().invalidate("key");

    assertThat(granted(there().replace("key", unusable, LONG)).key()).isEqualTo("key");
  }

  @Test
  default void whoeverReplacesWhatFailedMeanwhileIsToldToBackOff() {
    Id unusable = load(here(), "key", "bad").token();
    Lease lease = granted(here().replace("key", unusable, LONG));
    here().fail(lease, new StoredFailure(bytes("why")), new FailureBackoff(LONG, LONG, 1));

    assertThat(there().replace("key", unusable, LONG)).isInstanceOf(Lookup.BackingOff.class);
  }

  @Test
  default void aReplacingLeaseExpires() {
    Id unusable = load(here(), "key", "bad").token();
    granted(here().replace("key", unusable, SHORT));

    outlast(SHORT);

    lead(there(), "key");
  }

  @Test
  default void whatWasPutCanBeReplaced() {
    here().put("key", bytes("bad"), LONG);
    Id unusable = find(there(), "key").fillId();

    assertThat(granted(there().replace("key", unusable, LONG)).replaces()).isNull();
  }

  @Test
  default void aRefreshOfAReplacedValueCannotBePublished() {
    Id unusable = load(here(), "key", "bad").token();
    Lease right = leadRefresh(here(), "key");
    Lease lease = granted(there().replace("key", unusable, LONG));

    assertThat(publish(here(), right, "late")).isFalse();
    assertThat(publish(there(), lease, "good")).isTrue();
  }
}
