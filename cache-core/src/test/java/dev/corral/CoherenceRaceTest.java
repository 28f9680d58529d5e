package dev.corral;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.remote.RemoteStep;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Another node invalidates while this one is on its way to fill its local tier. */
class CoherenceRaceTest {

  /** What the other node does to key 1. */
  enum Message {
    INVALIDATED {
      @Override
      void send(TieredCache<Long, String> from) {
        from.invalidate(1L);
      }
    },
    CLEARED {
      @Override
      void send(TieredCache<Long, String> from) {
        from.invalidateAll();
      }
    };

    abstract void send(TieredCache<Long, String> from);
  }

  private final Cluster cluster = new Cluster();
  private final HookedCodec codec = new HookedCodec();
  private final TieredCache<Long, String> here =
      cluster.open(cluster.alone().remote(cluster.server.newNode(), codec));
  private final TieredCache<Long, String> there = cluster.node();

  @AfterEach
  void close() {
    cluster.close();
  }

  @ParameterizedTest
  @EnumSource
  void aMessageDropsTheLocalEntry(Message message) {
    assertThat(here.get(1L, key -> "old")).isEqualTo("old");

    message.send(there);

    assertThat(here.getIfPresent(1L)).isEmpty();
    assertThat(here.get(1L, key -> "new")).isEqualTo("new");
  }

  @ParameterizedTest
  @EnumSource
  void aValueThatWasPublishedJustBeforeTheMessageIsNotFilled(Message message) {
    cluster.server.after(RemoteStep.PUBLISH, () -> message.send(there));

    assertThat(here.get(1L, key -> "old")).as("asked before").isEqualTo("old");

    assertThat(here.getIfPresent(1L)).isEmpty();
    assertThat(here.get(1L, key -> "new")).isEqualTo("new");
  }

  @ParameterizedTest
  @EnumSource
  void whoAsksAfterTheMessageDoesNotJoinTheLoadFromBefore(Message message) throws Exception {
    HeldLoader old = HeldLoader.returning("old");
    Call<String> leader = cluster.call(() -> here.get(1L, old));
    old.awaitCalled();

    message.send(there);

    assertThat(cluster.call(() -> here.get(1L, key -> "new")).value()).isEqualTo("new");
    old.letGo();
    assertThat(leader.value()).isEqualTo("old");
    assertThat(here.getIfPresent(1L)).hasValue("new");
    assertThat(there.get(1L, key -> "never")).isEqualTo("new");
  }

  @ParameterizedTest
  @EnumSource
  void aRemoteValueInHandWhenTheMessageComesIsNotFilled(Message message) {
    assertThat(there.get(1L, key -> "old")).isEqualTo("old");
    cluster.server.after(RemoteStep.LOOK_UP, () -> message.send(there));

    assertThat(here.get(1L, key -> "never")).as("asked before").isEqualTo("old");

    assertThat(here.getIfPresent(1L)).isEmpty();
    assertThat(here.get(1L, key -> "new")).isEqualTo("new");
  }

  @ParameterizedTest
  @EnumSource
  void aPushedValueInHandWhenTheMessageComesIsNotFilled(Message message) throws Exception {
    HeldLoader old = HeldLoader.returning("old");
    Call<String> leader = cluster.call(() -> there.get(1L, old));
    old.awaitCalled();
    codec.whenRead(() -> message.send(there));
    Call<String> waiter = cluster.call(() -> here.get(1L, key -> "never"));
    cluster.awaitSteps(RemoteStep.AWAIT, 1);

    old.letGo();

    assertThat(leader.value()).isEqualTo("old");
    assertThat(waiter.value()).as("asked before").isEqualTo("old");
    assertThat(here.getIfPresent(1L)).isEmpty();
    assertThat(here.get(1L, key -> "new")).isEqualTo("new");
  }

  @Test
  void whoAsksAfterAReconnectGetsNothingFromBeforeIt() {
    assertThat(here.get(1L, key -> "old")).isEqualTo("old");
    cluster.server.disconnect();
    there.invalidate(1L);
    assertThat(here.get(1L, key -> "never")).as("not told yet").isEqualTo("old");

    cluster.server.reconnect();

    assertThat(here.getIfPresent(1L)).isEmpty();
    assertThat(here.get(1L, key -> "new")).isEqualTo("new");
  }

  @Test
  void aReconnectDoomsTheFlightsAsWell() {
    cluster.server.after(
        RemoteStep.PUBLISH,
        () -> {
          cluster.server.disconnect();
          there.invalidate(1L);
          cluster.server.reconnect();
        });

    assertThat(here.get(1L, key -> "old")).as("asked before").isEqualTo("old");

    assertThat(here.getIfPresent(1L)).isEmpty();
    assertThat(here.get(1L, key -> "new")).isEqualTo("new");
  }

  @Test
  void whoAsksAfterAReconnectDoesNotJoinAFlightFromBeforeIt() throws Exception {
    HeldLoader old = HeldLoader.returning("old");
    Call<String> leader = cluster.call(() -> here.get(1L, old));
    old.awaitCalled();
    cluster.server.disconnect();
    there.invalidate(1L);
    cluster.server.reconnect();

    assertThat(cluster.call(() -> here.get(1L, key -> "new")).value()).isEqualTo("new");
    old.letGo();
    assertThat(leader.value()).isEqualTo("old");
    assertThat(here.getIfPresent(1L)).hasValue("new");
  }

  @Test
  void aMessageThatComesLateCostsALoadAndNothingElse() {
    cluster.server.holdMessages();
    there.invalidate(1L);
    assertThat(here.get(1L, key -> "new")).isEqualTo("new");

    cluster.server.deliverHeld();

    assertThat(here.getIfPresent(1L)).isEmpty();
    assertThat(here.get(1L, key -> "never")).as("still in the remote tier").isEqualTo("new");
  }
}
