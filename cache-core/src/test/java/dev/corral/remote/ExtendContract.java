package dev.corral.remote;

import static dev.corral.remote.TwoNodes.bytes;
import static dev.corral.remote.TwoNodes.text;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The contract of giving a value another life without sending it again. */
interface ExtendContract extends TwoNodes {

  @Test
  default void extendingGivesTheValueAnotherLife() {
    Lease load = load(here(), "key", "value", ONE_MINUTE);
    Lease right = leadRefresh(here(), "key");

    assertThat(here().extend(right, LONG)).isTrue();

    StoredValue found = find(there(), "key");
    assertThat(text(found)).isEqualTo("value");
    assertThat(found.fillId()).isEqualTo(load.token());
    assertThat(found.leftMillis())
        .isGreaterThan(ONE_MINUTE.toMillis())
        .isLessThanOrEqualTo(LONG.toMillis());
  }

  @Test
  default void aBatchIsToldTheOtherLifeToo() {
    load(here(), "longer", "value", ONE_MINUTE);
    load(here(), "shorter", "value", LONG);

    here().extend(leadRefresh(here(), "longer"), LONG);
    here().extend(leadRefresh(here(), "shorter"), ONE_MINUTE);

    assertThat(findInBatch(there(), "longer").leftMillis())
        .isBetween(ONE_MINUTE.toMillis() + 1, LONG.toMillis());
    assertThat(findInBatch(there(), "shorter").leftMillis()).isBetween(1L, ONE_MINUTE.toMillis());
  }

  @Test
  default void anExtendedValueIsThereWhenItsFirstLifeIsUp() {
    load(here(), "key", "value", MEDIUM);
    here().extend(leadRefresh(here(), "key"), LONG);

    outlast(MEDIUM);

    assertThat(text(find(there(), "key"))).isEqualTo("value");
  }

  @Test
  default void extendingMayShortenALife() {
    load(here(), "key", "value", LONG);
    here().extend(leadRefresh(here(), "key"), SHORT);

    outlast(SHORT);

    assertThat(there().lookUp("key", LONG)).isInstanceOf(Lookup.Granted.class);
  }

  @Test
  default void extendingEndsTheRight() {
    load(here(), "key", "value");
    Lease right = leadRefresh(here(), "key");
    here().extend(right, LONG);

    assertThat(here().extend(right, LONG)).isFalse();
    leadRefresh(there(), "key");
  }

  @Test
  default void whatIsGoneIsNotExtendedAndHoldsNobodyUp() {
    load(here(), "key", "value", MEDIUM);
    Lease right = leadRefresh(here(), "key");
    outlast(MEDIUM);

    assertThat(here().extend(right, LONG)).isFalse();
    assertThat(there().lookUp("key", LONG)).isInstanceOf(Lookup.Granted.class);
  }

  @Test
  default void aLostRightCannotExtend() {
    load(here(), "key", "value");
    Lease late = leadRefresh(here(), "key", SHORT);
    outlast(SHORT);

    assertThat(here().extend(late, LONG)).isFalse();
    leadRefresh(there(), "key");
    assertThat(here().extend(late, LONG)).isFalse();
  }

  @Test
  default void nothingIsExtendedAfterAnInvalidation() {
    load(here(), "key", "value");
    Lease right = leadRefresh(here(), "key");

    there().invalidate("key");

    assertThat(here().extend(right, LONG)).isFalse();
    assertThat(there().lookUp("key", LONG)).isInstanceOf(Lookup.Granted.class);
  }

  @Test
  default void nothingIsExtendedAfterAClear() {
    load(here(), "key", "value");
    Lease right = leadRefresh(here(), "key");

    there().clear();

    assertThat(here().extend(right, LONG)).isFalse();
    assertThat(there().lookUp("key", LONG)).isInstanceOf(Lookup.Granted.class);
  }

  @Test
  default void whatWasPutIsNotExtendedByAnEarlierRight() {
    load(here(), "key", "value");
    Lease right = leadRefresh(here(), "key");

    there().put("key", bytes("put"), SHORT);

    assertThat(here().extend(right, LONG)).isFalse();
    outlast(SHORT);
    assertThat(there().lookUp("key", LONG)).isInstanceOf(Lookup.Granted.class);
  }
}
