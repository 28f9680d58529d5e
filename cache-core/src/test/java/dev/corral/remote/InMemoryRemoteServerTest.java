package dev.corral.remote;

import static dev.corral.remote.TwoNodes.bytes;
import static dev.corral.remote.TwoNodes.granted;
import static dev.corral.remote.TwoNodes.refreshable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Shows what a test can order the in-memory server to do, beyond the contract of every store. */
class InMemoryRemoteServerTest {

  private static final Duration LEASE = Duration.ofSeconds(10);
  private static final Duration LIFE = Duration.ofMinutes(1);

  private final InMemoryRemoteServer server = new InMemoryRemoteServer();
  private final List<String> told = new ArrayList<>();
  private final RemoteRegion here = server.newNode().open("region", new RecordedEvents());
  private final RemoteRegion there = server.newNode().open("region", new Notes(told));

  InMemoryRemoteServerTest() {
    told.clear();
  }

  @Test
  void timeStandsStillUntilItIsMoved() {
    here.put("key", bytes("value"), LIFE);

    server.advance(LIFE.minusMillis(1));
    assertThat(found(here.lookUp("key", LEASE)).leftMillis()).isEqualTo(1);

    server.advance(Duration.ofMillis(1));
    assertThat(here.lookUp("key", LEASE)).isInstanceOf(Lookup.Granted.class);
  }

  @Test
  void timeMovesForwardInMilliseconds() {
    for (Duration time : List.of(Duration.ZERO, Duration.ofNanos(1), Duration.ofMillis(-1))) {
      assertThatIllegalArgumentException().isThrownBy(() -> server.advance(time));
    }
  }

  @Test
  void messagesHaveArrivedWhenAStepReturns() {
    here.invalidate("key");

    assertThat(told).containsExactly("invalidated key");
  }

  @Test
  void aHandlerMayCallBack() {
    List<Lookup> answers = new ArrayList<>();
    RemoteRegion third =
        server
            .newNode()
            .open(
                "region",
                new Notes(new ArrayList<>()) {
                  @Override
                  public void invalidated(String key, int partition, long stamp, boolean own) {
                    answers.add(here.lookUp(key, LEASE));
                  }
                });

    third.invalidate("key");

    assertThat(granted(answers.get(0)).key()).isEqualTo("key");
  }

  @Test
  void aHandlerThatCausesAnotherMessageGetsItAfterwards() {
    List<String> notes = new ArrayList<>();
    server
        .newNode()
        .open(
            "region",
            new Notes(notes) {
              @Override
              public void invalidated(String key, int partition, long stamp, boolean own) {
                notes.add("begin " + key);
                if (key.equals("first")) {
                  here.invalidate("second");
                }
                notes.add("end " + key);
              }
            });

    here.invalidate("first");

    assertThat(notes)
        .containsExactly("subscribed", "begin first", "end first", "begin second", "end second");
  }

  @Test
  void aHandlerThatBlocksDoesNotBlockTheServer() throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch leave = new CountDownLatch(1);
    server
        .newNode()
        .open(
            "region",
            new Notes(new ArrayList<>()) {
              @Override
              public void cleared(long[] seqs, boolean own) {
                entered.countDown();
                try {
                  leave.await();
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              }
            });
    Thread blocked = new Thread(here::clear);
    blocked.start();
    assertThat(entered.await(10, TimeUnit.SECONDS)).isTrue();

    here.invalidate("key");
    leave.countDown();
    blocked.join();

    assertThat(told).containsExactly("cleared", "invalidated key");
  }

  @Test
  void heldMessagesArriveInOrderWhenTheyAreDelivered() {
    server.holdMessages();
    here.invalidate("first");
    here.invalidate("second");
    assertThat(told).isEmpty();

    server.deliverHeld();

    assertThat(told).containsExactly("invalidated first", "invalidated second");
  }

  @Test
  void afterADeliveryMessagesAreHeldNoMore() {
    server.holdMessages();
    server.deliverHeld();

    here.invalidate("key");

    assertThat(told).containsExactly("invalidated key");
  }

  @Test
  void droppedMessagesNeverArrive() {
    server.dropMessages(true);
    here.invalidate("lost");
    server.dropMessages(false);

    here.invalidate("key");

    assertThat(told).containsExactly("invalidated key");
  }

  @Test
  void nodesAreToldOfALostSubscriptionAndMissWhatIsSentMeanwhile() {
    server.disconnect();
    here.invalidate("lost");
    server.reconnect();
    here.invalidate("key");

    assertThat(told).containsExactly("unsubscribed", "subscribed", "invalidated key");
  }

  @Test
  void aRegionOpenedWhileDisconnectedIsSubscribedLater() {
    List<String> notes = new ArrayList<>();
    server.disconnect();
    server.newNode().open("region", new Notes(notes));
    assertThat(notes).isEmpty();

    server.reconnect();

    assertThat(notes).containsExactly("subscribed");
  }

  @Test
  void aRegionMayBeOpenedWhileEveryStepFails() {
    server.fail(true);
    RemoteRegion third = server.newNode().open("region", new RecordedEvents());
    server.fail(false);

    granted(third.lookUp("key", LEASE));
  }

  @Test
  void everyStepFailsWithoutEffectWhileTheServerFails() {
    here.put("key", bytes("value"), LIFE);
    server.fail(true);
    assertFails(() -> here.invalidate("key"));
    assertFails(() -> there.lookUp("key", LEASE));
    server.fail(false);

    found(there.lookUp("key", LEASE));
  }

  @Test
  void theNextStepsFail() {
    server.failNext(2);

    assertFails(() -> here.lookUp("key", LEASE));
    assertFails(() -> here.lookUp("key", LEASE));
    granted(here.lookUp("key", LEASE));
  }

  @ParameterizedTest
  @EnumSource(RemoteStep.class)
  void everyStepIsCountedFailsAndRunsItsHooks(RemoteStep step) {
    List<String> ran = new ArrayList<>();
    server.before(step, () -> ran.add("before"));
    server.after(step, () -> ran.add("after"));

    take(step).accept(here);
    server.failNext(1);
    assertFails(() -> take(step).accept(here));

    assertThat(ran).containsExactly("before", "after");
    assertThat(server.countOf(step)).isEqualTo(2);
    assertThat(server.countOfAll()).isEqualTo(step == RemoteStep.SEQS ? 0 : 2);
    server.resetCounts();
    assertThat(server.countOf(step)).isZero();
    assertThat(server.countOfAll()).isZero();
  }

  @Test
  void aHookRunsAnotherNodesStepBeforeThisOne() {
    Lease lease = granted(here.lookUp("key", LEASE));
    server.before(RemoteStep.PUBLISH, () -> there.invalidate("key"));

    assertThat(here.publish(new Publication(lease, bytes("value"), LIFE)))
        .isEqualTo(PublishAnswer.LEASE_LOST);
  }

  @Test
  void aHookRunsAnotherNodesStepAfterThisOneAndBeforeItsAnswer() {
    Lease lease = granted(here.lookUp("key", LEASE));
    server.after(RemoteStep.PUBLISH, () -> there.invalidate("key"));

    assertThat(here.publish(new Publication(lease, bytes("value"), LIFE)))
        .isEqualTo(PublishAnswer.STORED);
    granted(here.lookUp("key", LEASE));
  }

  @Test
  void aHookMayTakeTheSameStep() {
    server.before(RemoteStep.LOOK_UP, () -> granted(there.lookUp("key", LEASE)));

    assertThat(here.lookUp("key", LEASE)).isInstanceOf(Lookup.Taken.class);
  }

  @Test
  void severalHooksAreForAsManySteps() {
    List<String> ran = new ArrayList<>();
    server.before(RemoteStep.LOOK_UP, () -> ran.add("first"));
    server.before(RemoteStep.LOOK_UP, () -> ran.add("second"));

    here.lookUp("key", LEASE);
    assertThat(ran).containsExactly("first");
    here.lookUp("key", LEASE);
    here.lookUp("key", LEASE);

    assertThat(ran).containsExactly("first", "second");
  }

  @Test
  void aHookThatThrowsAfterAStepLosesItsAnswer() {
    server.after(
        RemoteStep.PUT,
        () -> {
          throw new RemoteStoreException("no answer");
        });

    assertFails(() -> here.put("key", bytes("value"), LIFE));

    found(there.lookUp("key", LEASE));
  }

  @Test
  void aServerThatRefusesLeasesLetsNobodyLead() {
    here.put("key", bytes("value"), LIFE);
    server.refuseLeases(true);

    assertThat(here.lookUp("nothing", LEASE)).isInstanceOf(Lookup.Unleased.class);
    StoredValue value = found(here.lookUp("key", LEASE));
    assertThat(refreshable(here.lookUpToRefresh("key", LEASE)).right())
        .isInstanceOf(Lookup.Unleased.class);
    assertThat(here.replace("key", value.fillId(), LEASE)).isInstanceOf(Lookup.Unleased.class);
    server.refuseLeases(false);
    granted(here.lookUp("nothing", LEASE));
  }

  @Test
  void aFlushLosesEverythingAndTellsNobody() {
    here.put("value", bytes("v"), LIFE);
    Lease lease = granted(here.lookUp("loading", LEASE));
    told.clear();

    server.flush();

    granted(there.lookUp("value", LEASE));
    assertThat(here.publish(new Publication(lease, bytes("late"), LIFE)))
        .isEqualTo(PublishAnswer.LEASE_LOST);
    assertThat(told).isEmpty();
  }

  @Test
  void aFlushBeginsWithOtherStamps() {
    long before = granted(here.lookUp("key", LEASE)).stamp();

    server.flush();

    assertThat(granted(here.lookUp("key", LEASE)).stamp()).isNotEqualTo(before);
  }

  @Test
  void aFailureOutlivesAClear() {
    Lease lease = granted(here.lookUp("key", LEASE));
    here.fail(lease, new StoredFailure(bytes("why")), new FailureBackoff(LIFE, LIFE, 1));

    here.clear();

    assertThat(here.lookUp("key", LEASE)).isInstanceOf(Lookup.BackingOff.class);
  }

  private static StoredValue found(Lookup answer) {
    assertThat(answer).isInstanceOf(Lookup.Found.class);
    return ((Lookup.Found) answer).value();
  }

  private static void assertFails(Runnable step) {
    assertThatExceptionOfType(RemoteStoreException.class).isThrownBy(step::run);
  }

  /** Returns one call of a step, whatever it answers. */
  private static Consumer<RemoteRegion> take(RemoteStep step) {
    Id id = new Id(7, 7);
    Lease lease = new Lease("key", id, 0, id);
    var failure = new StoredFailure(bytes("why"));
    var backoff = new FailureBackoff(LIFE, LIFE, 1);
    var publication = new Publication(lease, bytes("value"), LIFE);
    return switch (step) {
      case LOOK_UP -> region -> region.lookUp("key", LEASE);
      case LOOK_UP_ALL -> region -> region.lookUpAll(List.of("key"), LEASE);
      case LOOK_UP_TO_REFRESH -> region -> region.lookUpToRefresh("key", LEASE);
      case REPLACE -> region -> region.replace("key", id, LEASE);
      case AWAIT -> region -> region.await("key", new Lookup.Taken(id, false, LEASE));
      case PUBLISH -> region -> region.publish(publication);
      case PUBLISH_ALL -> region -> region.publishAll(List.of(publication));
      case EXTEND -> region -> region.extend(lease, LIFE);
      case DELIVER -> region -> region.deliver(lease, bytes("value"));
      case FAIL -> region -> region.fail(lease, failure, backoff);
      case RENEW -> region -> region.renew(lease, LEASE);
      case RENEW_ALL -> region -> region.renewAll(List.of(lease), LEASE);
      case RELEASE -> region -> region.release(lease);
      case PUT -> region -> region.put("key", bytes("value"), LIFE);
      case BEGIN_WRITE -> region -> region.beginWrite("key", LEASE);
      case END_WRITE -> region -> region.endWrite(lease, bytes("value"), LIFE);
      case INVALIDATE -> region -> region.invalidate("key");
      case INVALIDATE_ALL -> region -> region.invalidateAll(List.of("key"));
      case INVALIDATE_TAG -> region -> region.invalidateTag("tag");
      case HOLD -> region -> region.hold(List.of(new TagMark("tag", 1)));
      case CLEAR -> RemoteRegion::clear;
      case REVALIDATE -> region -> region.revalidate(List.of(new Copy("key", 1)));
      case INSPECT -> region -> region.inspect("key");
      case SEQS -> RemoteRegion::seqs;
      case OVERTAKE -> region -> region.overtake(0, 1);
    };
  }

  /** Notes down what a node is told. */
  private static class Notes implements RemoteEvents {

    private final List<String> notes;

    Notes(List<String> notes) {
      this.notes = notes;
    }

    @Override
    public void invalidated(String key, int partition, long stamp, boolean own) {
      notes.add("invalidated " + key);
    }

    @Override
    public void cleared(long[] seqs, boolean own) {
      notes.add("cleared");
    }

    @Override
    public void tagInvalidated(String tag, int partition, long seq, boolean own) {
      notes.add("tagInvalidated " + tag);
    }

    @Override
    public void ended(String key, LoadOutcome outcome) {
      notes.add("ended " + key);
    }

    @Override
    public void subscribed() {
      notes.add("subscribed");
    }

    @Override
    public void unsubscribed() {
      notes.add("unsubscribed");
    }

    @Override
    public void unavailable(Throwable cause) {
      notes.add("unavailable: " + cause.getMessage());
    }

    @Override
    public void available() {
      notes.add("available");
    }
  }
}
