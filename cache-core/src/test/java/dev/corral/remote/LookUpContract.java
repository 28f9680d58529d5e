package dev.corral.remote;

import static dev.corral.remote.TwoNodes.bytes;
import static dev.corral.remote.TwoNodes.granted;
import static dev.corral.remote.TwoNodes.taken;
import static dev.corral.remote.TwoNodes.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The contract of looking up. */
interface LookUpContract extends TwoNodes {

  @Test
  default void whoLooksUpNothingIsGrantedItsLease() {
    Lease lease = granted(here().lookUp("key", LONG));

    assertThat(lease.key()).isEqualTo("key");
    assertThat(lease.replaces()).isNull();
  }

  @Test
  default void whileALeaseStandsOthersAreToldWhoTookIt() {
    Lease lease = lead(here(), "key");

    Lookup.Taken taken = taken(there().lookUp("key", LONG));

    assertThat(taken.token()).isEqualTo(lease.token());
    assertThat(taken.refresh()).isFalse();
    assertThat(taken.left()).isPositive().isLessThanOrEqualTo(LONG);
  }

  @Test
  default void theNodeThatHoldsALeaseIsToldSoToo() {
    Lease lease = lead(here(), "key");

    assertThat(taken(here().lookUp("key", LONG)).token()).isEqualTo(lease.token());
  }

  @Test
  default void anAskersOwnLeaseTimeDoesNotChangeTheStandingLease() {
    lead(here(), "key", MEDIUM);

    Lookup.Taken taken = taken(there().lookUp("key", LONG));
    assertThat(taken.left()).isLessThanOrEqualTo(MEDIUM);
    outlast(MEDIUM);

    assertThat(there().lookUp("key", LONG)).isInstanceOf(Lookup.Granted.class);
  }

  @Test
  default void aLeaseExpiresAndTheNextAskerIsGrantedAnother() {
    Lease first = lead(here(), "key", SHORT);

    outlast(SHORT);
    Lease second = lead(there(), "key");

    assertThat(second.token()).isNotEqualTo(first.token());
  }

  @Test
  default void aPublishedValueIsFoundByEveryNode() {
    Lease lease = load(here(), "key", "value");

    for (RemoteRegion region : List.of(here(), there())) {
      StoredValue found = find(region, "key");
      assertThat(text(found)).isEqualTo("value");
      assertThat(found.fillId()).isEqualTo(lease.token());
      assertThat(found.stamp()).isEqualTo(lease.stamp());
      assertThat(found.leftMillis()).isPositive().isLessThanOrEqualTo(LONG.toMillis());
    }
  }

  @Test
  default void whatIsLeftOfAValueShrinksAsTimePasses() {
    load(here(), "key", "value", LONG);

    passTime(SHORT);

    long most = LONG.minus(SHORT).toMillis();
    assertThat(find(there(), "key").leftMillis()).isPositive().isLessThanOrEqualTo(most);
  }

  @Test
  default void aValueVanishesWhenItsLifeIsUp() {
    load(here(), "key", "value", SHORT);

    outlast(SHORT);

    assertThat(there().lookUp("key", LONG)).isInstanceOf(Lookup.Granted.class);
  }

  @Test
  default void findingAValueDoesNotProlongItsLife() {
    load(here(), "key", "value", MEDIUM);

    passTime(SHORT);
    there().lookUp("key", LONG);
    outlast(MEDIUM.minus(SHORT));

    assertThat(there().lookUp("key", LONG)).isInstanceOf(Lookup.Granted.class);
  }

  @Test
  default void noTokenIsGrantedTwice() {
    Set<Id> tokens = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      tokens.add(lead(here(), "here-" + i).token());
      tokens.add(lead(there(), "there-" + i).token());
      Lease released = lead(here(), "key");
      tokens.add(released.token());
      here().release(released);
    }

    assertThat(tokens).hasSize(300);
  }

  @Test
  default void theStampsOfAKeyNeverGoBack() {
    Lease first = lead(here(), "key");
    here().release(first);

    assertThat(lead(there(), "key").stamp()).isGreaterThanOrEqualTo(first.stamp());
  }

  @Test
  default void lookingUpSeveralAnswersInTheOrderGiven() {
    Lease loading = lead(here(), "loading");
    load(here(), "value", "v");
    Lease failing = lead(here(), "failed");
    here().fail(failing, new StoredFailure(bytes("why")), new FailureBackoff(LONG, LONG, 1));

    List<Lookup> answers =
        there().lookUpAll(List.of("failed", "nothing", "value", "loading", "none"), LONG);

    assertThat(answers).hasSize(5);
    assertThat(TwoNodes.backingOff(answers.get(0)).failure().bytes()).isEqualTo(bytes("why"));
    assertThat(granted(answers.get(1)).key()).isEqualTo("nothing");
    assertThat(text(((Lookup.Found) answers.get(2)).value())).isEqualTo("v");
    assertThat(taken(answers.get(3)).token()).isEqualTo(loading.token());
    assertThat(granted(answers.get(4)).key()).isEqualTo("none");
  }

  @Test
  default void lookingUpSeveralTellsWhatIsLeftOfEach() {
    load(here(), "short", "s", ONE_MINUTE);
    load(here(), "long", "l", LONG);
    here().put("put", bytes("p"), ONE_MINUTE);

    List<Long> left =
        there().lookUpAll(List.of("short", "long", "put"), LONG).stream()
            .map(answer -> ((Lookup.Found) answer).value().leftMillis())
            .toList();

    assertThat(left.get(0)).isBetween(1L, ONE_MINUTE.toMillis());
    assertThat(left.get(1)).isBetween(ONE_MINUTE.toMillis() + 1, LONG.toMillis());
    assertThat(left.get(2)).isBetween(1L, ONE_MINUTE.toMillis());
  }

  @Test
  default void whatIsLeftOfAValueInABatchShrinksAsTimePasses() {
    load(here(), "key", "value", LONG);

    passTime(SHORT);

    long most = LONG.minus(SHORT).toMillis();
    assertThat(findInBatch(there(), "key").leftMillis()).isPositive().isLessThanOrEqualTo(most);
  }

  @Test
  default void lookingUpSeveralGrantsLeasesThatCanBePublished() {
    List<Lookup> answers = here().lookUpAll(List.of("a", "b"), LONG);

    assertThat(publish(here(), granted(answers.get(0)), "A")).isTrue();
    assertThat(publish(here(), granted(answers.get(1)), "B")).isTrue();
    assertThat(text(find(there(), "a"))).isEqualTo("A");
    assertThat(text(find(there(), "b"))).isEqualTo("B");
  }

  @Test
  default void aKeyThatIsGivenTwiceIsLookedUpTwice() {
    load(here(), "value", "v");

    List<Lookup> answers = here().lookUpAll(List.of("value", "nothing", "nothing", "value"), LONG);

    assertThat(answers.get(0)).isInstanceOf(Lookup.Found.class);
    assertThat(taken(answers.get(2)).token()).isEqualTo(granted(answers.get(1)).token());
    assertThat(answers.get(3)).isInstanceOf(Lookup.Found.class);
  }

  @Test
  default void lookingUpNoKeysAnswersNothing() {
    assertThat(here().lookUpAll(List.of(), LONG)).isEmpty();
  }

  @Test
  default void lookingUpManyKeysAnswersEach() {
    List<String> keys = IntStream.range(0, 1000).mapToObj(i -> "k" + i).toList();

    List<Lookup> answers = here().lookUpAll(keys, LONG);

    assertThat(answers.stream().map(answer -> granted(answer).key())).isEqualTo(keys);
  }
}
