package dev.corral;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.HeardSeqs.Forgotten;
import dev.corral.remote.RemoteRegion;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is concluded from messages, silence, and what the store says. */
class HeardSeqsTest {

  private static final long FIRST = 1L << 51;

  private final ReachedSeqs reached = new ReachedSeqs(2);
  private final HeardSeqs seqs = new HeardSeqs(2, reached);

  @Test
  void messagesThatFollowOneAnotherAreAllThereIs() {
    begin(FIRST);

    assertThat(seqs.heard(0, FIRST + 1)).isFalse();
    assertThat(seqs.heard(0, FIRST + 2)).isFalse();
    assertThat(suspectsOf(FIRST + 2, false)).isEmpty();
    assertThat(suspectsOf(FIRST + 2, false)).isEmpty();
  }

  @Test
  void aHoleIsNoticedByTheNextMessage() {
    begin(FIRST);

    assertThat(seqs.heard(0, FIRST + 2)).isTrue();
    assertThat(seqs.heard(0, FIRST + 3)).as("only once").isFalse();
  }

  @Test
  void eachPartitionHasItsOwnHoles() {
    begin(FIRST);

    assertThat(seqs.heard(0, FIRST + 1)).isFalse();
    assertThat(seqs.heard(1, FIRST + 1)).isFalse();
    assertThat(seqs.heard(1, FIRST + 3)).isTrue();
    assertThat(seqs.heard(0, FIRST + 2)).isFalse();
  }

  @Test
  void messagesThatComeTwiceOrLateTellNothing() {
    begin(FIRST);
    seqs.heard(0, FIRST + 1);
    seqs.heard(0, FIRST + 2);

    assertThat(seqs.heard(0, FIRST + 2)).isFalse();
    assertThat(seqs.heard(0, FIRST + 1)).isFalse();
    assertThat(seqs.heard(0, FIRST + 3)).isFalse();
  }

  @Test
  void silenceIsNoticedByTheQuestionAfterTheOneThatSawMore() {
    begin(FIRST);

    assertThat(suspectsOf(FIRST + 1, false)).as("may be on its way").isEmpty();
    assertThat(seqs.ask().stream()).containsExactly(0);
    seqs.answered(answer(FIRST + 1), false);
    assertThat(suspectsOf(FIRST + 1, false)).as("only once").isEmpty();
  }

  @Test
  void whatComesBetweenTwoQuestionsWasNotMissed() {
    begin(FIRST);
    seqs.ask();
    seqs.answered(answer(FIRST + 2), false);

    seqs.heard(0, FIRST + 1);
    seqs.heard(0, FIRST + 2);

    assertThat(seqs.ask().stream()).isEmpty();
  }

  @Test
  void aMessageThatComesWhileTheAnswerIsOnItsWayIsNotAFallBack() {
    begin(FIRST);
    seqs.ask();
    seqs.heard(0, FIRST + 1);

    assertThat(seqs.answered(answer(FIRST), false).suspects().stream()).isEmpty();
    assertThat(seqs.heard(0, FIRST + 2)).isFalse();
  }

  @Test
  void afterAPauseWhatIsAheadWasMissedAtOnceAndTheRestWasNot() {
    begin(FIRST);

    assertThat(suspectsOf(FIRST + 1, true)).containsExactly(0);
    assertThat(suspectsOf(FIRST + 1, true)).isEmpty();
    assertThat(seqs.heard(0, FIRST + 2)).as("goes on from there").isFalse();
  }

  @Test
  void theFirstAnswerSaysThatAnythingMayHaveBeenMissed() {
    seqs.ask();

    assertThat(seqs.answered(new long[] {FIRST, FIRST}, false).suspects().stream())
        .containsExactly(0, 1);
  }

  @Test
  void aMessageBeforeTheFirstAnswerDoesNotStandForThoseBeforeIt() {
    assertThat(seqs.heard(0, FIRST + 5)).isFalse();
    seqs.ask();

    assertThat(seqs.answered(answer(FIRST + 5), false).suspects().stream()).contains(0);
  }

  @Test
  void aStoreThatHasFallenBackIsToldWhatItHasForgotten() {
    begin(FIRST);
    seqs.heard(0, FIRST + 1);
    seqs.heard(0, FIRST + 2);
    seqs.ask();

    var findings = seqs.answered(answer(FIRST + 1), false);

    assertThat(findings.suspects().stream()).containsExactly(0);
    assertThat(findings.forgotten()).containsExactly(new Forgotten(0, FIRST + 2));
  }

  @Test
  void anotherHistoryIsSuspectAndHasForgottenNothing() {
    begin(FIRST + FIRST / 2);
    seqs.ask();

    var findings = seqs.answered(answer(FIRST), false);

    assertThat(findings.suspects().stream()).containsExactly(0);
    assertThat(findings.forgotten()).isEmpty();
    assertThat(seqs.heard(0, FIRST + 1)).as("goes on with the new one").isFalse();
  }

  @Test
  void aHistoryThatIsGoneIsSuspectOnceAndTheNextOneAgain() {
    begin(FIRST);

    assertThat(suspectsOf(RemoteRegion.NO_HISTORY, false)).containsExactly(0);
    assertThat(suspectsOf(RemoteRegion.NO_HISTORY, false)).isEmpty();
    assertThat(suspectsOf(FIRST, false)).containsExactly(0);
  }

  @Test
  void whatDidNotAnswerIsAskedAgain() {
    begin(FIRST);
    seqs.ask();
    seqs.answered(answer(FIRST + 1), false);
    seqs.heard(0, FIRST + 1);

    assertThat(suspectsOf(RemoteRegion.UNKNOWN_SEQ, true)).isEmpty();
    assertThat(suspectsOf(FIRST + 2, true)).containsExactly(0);
  }

  @Test
  void whatIsReachedIsWhatWasHeardOrSaid() {
    seqs.heard(0, FIRST + 1);
    assertThat(reached.snapshot()).startsWith(FIRST + 1);

    begin(FIRST + 2);
    assertThat(reached.snapshot()).startsWith(FIRST + 2);
    seqs.heard(0, FIRST + 1);
    assertThat(reached.snapshot()).startsWith(FIRST + 2);
  }

  @Test
  void aHistoryThatFallsBackIsToldAsRestarted() {
    begin(FIRST + 2);
    seqs.ask();

    assertThat(seqs.answered(answer(FIRST + 1), false).restarted().stream()).containsExactly(0);
  }

  private void begin(long seq) {
    seqs.ask();
    seqs.answered(new long[] {seq, FIRST}, false);
  }

  /** Asks, and returns what question and answer bring to light. */
  private List<Integer> suspectsOf(long seq, boolean afterPause) {
    assertThat(seqs.ask().stream()).isEmpty();
    return seqs.answered(answer(seq), afterPause).suspects().stream().boxed().toList();
  }

  private static long[] answer(long seq) {
    return new long[] {seq, FIRST};
  }
}
