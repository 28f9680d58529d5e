package dev.corral;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.remote.TagMark;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What is forgotten of tags is not trusted first. */
class TrustTest {

  private static final int TOO_MANY = 100_000;

  private final Trust trust = new Trust(1);
  private final Entry<String> tagged =
      Entry.of(
          "value", 0, 0, 0, 1, 1, 0, trust.eras.of(0), trust.tags(List.of(new TagMark("void", 0))));

  @Test
  void ofTooManyTagsNoneIsForgottenBeforeWhatBearsItIsDistrusted() {
    assertThat(trust.in(tagged)).isTrue();
    trust.voidTag("void", 1);
    AtomicBoolean done = new AtomicBoolean();
    Call<Boolean> reader =
        Call.start(
            () -> {
              boolean trusted = false;
              while (!done.get()) {
                trusted |= trust.in(tagged);
              }
              return trusted;
            });

    for (int i = 0; i < TOO_MANY; i++) {
      trust.voidTag("tag " + i, 1);
    }
    done.set(true);

    assertThat(reader.value()).isFalse();
  }

  @Test
  void anotherHistoryMakesNothingOfTheOldOneGoodAgain() {
    trust.voidTag("void", 1);

    trust.restart(0, 1);

    assertThat(trust.in(tagged)).isFalse();
  }
}
