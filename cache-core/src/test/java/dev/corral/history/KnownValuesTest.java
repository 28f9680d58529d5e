package dev.corral.history;

import static dev.corral.history.TaleAssert.assertBreaks;
import static dev.corral.history.TaleAssert.assertLegal;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Where values come from. */
class KnownValuesTest {

  private final Tale tale = new Tale();
  private final Tale.Node a = tale.node("a");

  @Test
  void aValueThatWasLoadedPutOrWrittenIsKnown() {
    a.loads(10, 20, "one").gets(21, 22, "one");
    a.puts(30, 31, "two").gets(32, 33, "two");
    a.writes(40, 45, "three", 1).gets(46, 47, "three");

    assertLegal(tale);
  }

  @Test
  void aValueThatNobodyMadeIsNot() {
    a.gets(10, 11, "one");

    assertBreaks(tale, Promise.KNOWN, "what nobody made");
  }

  @Test
  void aValueOfAnotherKeyIsNot() {
    a.loads(10, 20, "one");
    tale.key("8");
    a.gets(21, 22, "one");

    assertBreaks(tale, Promise.KNOWN);
  }

  @Test
  void aValueIsNotReturnedBeforeItIsLoaded() {
    a.gets(8, 9, "one").loads(10, 20, "one");

    assertBreaks(tale, Promise.KNOWN);
  }

  @Test
  void thatThereIsNoneHasToBeLoadedToo() {
    a.getsNothing(10, 11);

    assertBreaks(tale, Promise.KNOWN);
  }

  @Test
  void aKilledProcessMayHaveMadeIt() {
    a.gets(10, 11, "one");
    tale.node("b").is(Kind.GONE, 9, 100);

    assertLegal(tale);
  }

  @Test
  void whatIsNoValueOfTheKeyIsForeign() {
    NodeLog log = new History().node("a");
    Operation get = log.begin(Kind.GET, "7");
    get.returned(Value.of("8", 1).text());

    assertThat(get.outcome()).isEqualTo(Outcome.FOREIGN);
    Report report = HistoryChecker.check(List.of(get), Tale.ALLOWANCES);
    assertThat(report.count(Promise.KNOWN)).isEqualTo(1);
  }
}
