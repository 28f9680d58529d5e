package dev.corral.redis;

import dev.corral.remote.Id;
import dev.corral.remote.Lease;
import dev.corral.remote.Lookup;
import dev.corral.remote.StoredFailure;
import dev.corral.remote.StoredValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * The look-ups of a region: asks, and makes sense of what is answered. Native commands do it as
 * long as what is found can be used; a script only takes the place of what cannot.
 */
final class LookUps {

  /** How often a look-up starts over because the key changed between two of its round trips. */
  private static final int ATTEMPTS = 10;

  /** What cede.lua answers when the refresh has ended without touching the lease. */
  private static final long STILL_OWN = -1;

  /** What cede.lua answers when the lease is gone as well. */
  private static final long LOOK_AGAIN = -2;

  private final RoundTrip roundTrip;
  private final RedisKeys keys;
  private final Scripts scripts;
  private final Tokens tokens;
  private final Floors floors;
  private final Orphans orphans;
  private final long timeoutNanos;

  /**
   * Creates the look-ups of a region.
   *
   * @param timeout after which one does not start over any more
   */
  LookUps(
      RoundTrip roundTrip,
      RedisKeys keys,
      Scripts scripts,
      Tokens tokens,
      Floors floors,
      Orphans orphans,
      Duration timeout) {
    this.roundTrip = roundTrip;
    this.keys = keys;
    this.scripts = scripts;
    this.tokens = tokens;
    this.floors = floors;
    this.orphans = orphans;
    timeoutNanos = timeout.toNanos();
  }

  Lookup lookUp(String key, long leaseMillis) {
    Question question = question(key, leaseMillis, false);
    return asking(List.of(question), () -> ask(question, 1));
  }

  Lookup lookUpToRefresh(String key, long leaseMillis) {
    Question question = question(key, leaseMillis, true);
    return asking(List.of(question), () -> ask(question, 1));
  }

  /** Reads them all, and asks only for those of which that was not enough. */
  List<Lookup> lookUpAll(List<String> all, long leaseMillis) {
    @Nullable Lookup[] answers = readAll(all);
    List<Question> questions = new ArrayList<>();
    for (int i = 0; i < answers.length; i++) {
      if (answers[i] == null) {
        questions.add(question(all.get(i), leaseMillis, false));
      }
    }
    List<Lookup> asked =
        questions.isEmpty() ? List.of() : asking(questions, () -> askAll(questions));
    Iterator<Lookup> next = asked.iterator();
    List<Lookup> inOrder = new ArrayList<>(answers.length);
    for (Lookup answer : answers) {
      inOrder.add(answer != null ? answer : next.next());
    }
    return inOrder;
  }

  /** Returns what reading alone answers; null in the place of a key of which it does not. */
  private @Nullable Lookup[] readAll(List<String> all) {
    List<BatchRead> reads =
        BatchRead.of(all.stream().map(keys::of).toList(), roundTrip.isToManyServers());
    @Nullable Lookup[] answers = new Lookup[all.size()];
    BatchRead.roundTrips(reads).forEach(together -> read(together, answers));
    return answers;
  }

  private void read(List<BatchRead> reads, @Nullable Lookup[] answers) {
    List<List<@Nullable Object>> replies =
        roundTrip.askAll(reads.stream().map(read -> read.commands(keys)).toList());
    for (int i = 0; i < reads.size(); i++) {
      reads
          .get(i)
          .read(
              replies.get(i),
              (place, names, held, window) -> answers[place] = answer(names, held, window));
    }
  }

  private @Nullable Lookup answer(KeyNames names, Held held, @Nullable Window window) {
    // Noted in any case: a lease that is asked for next then need not be confirmed.
    noted(names, window);
    // A lease or a failure does not say itself what is left of it: that is asked.
    return held instanceof Held.Framed framed && framed.left() != Held.UNKNOWN
        ? usable(framed, window, false)
        : null;
  }

  private List<Lookup> askAll(List<Question> questions) {
    List<List<@Nullable Object>> replies =
        roundTrip.askAll(questions.stream().map(Question::commands).toList());
    List<Lookup> answers = new ArrayList<>(questions.size());
    for (int i = 0; i < questions.size(); i++) {
      answers.add(answer(questions.get(i), replies.get(i), 1));
    }
    return answers;
  }

  Lookup replace(String key, Id unusable, long leaseMillis) {
    Question question = question(key, leaseMillis, false);
    byte[] expected = Frame.valuePrefix(unusable);
    return asking(List.of(question), () -> takePlace(question, expected, expected.length - 1, 1));
  }

  /** Asks; if the answer is lost, what was asked for may have been granted all the same. */
  private <T> T asking(List<Question> questions, Supplier<T> action) {
    boolean answered = false;
    try {
      T answer = action.get();
      answered = true;
      return answer;
    } finally {
      if (!answered) {
        questions.forEach(
            question -> orphans.add(scripts.releases(question.names(), question.token())));
      }
    }
  }

  private Question question(String key, long leaseMillis, boolean refresh) {
    KeyNames names = keys.of(key);
    long deadline = System.nanoTime() + timeoutNanos;
    return new Question(
        names, tokens.next(), floors.of(names.partition), leaseMillis, refresh, deadline);
  }

  private Lookup ask(Question question, int attempt) {
    return answer(question, askOnce(question.commands()), attempt);
  }

  private List<@Nullable Object> askOnce(List<CommandObject<?>> commands) {
    return roundTrip.askAll(List.of(commands)).get(0);
  }

  private Lookup again(Question question, int attempt) {
    // So often in a row only if others keep changing the key: better a load too many than no end.
    // Here the question holds nothing in Redis, so that nobody has to wait for what it leaves.
    boolean over = attempt >= ATTEMPTS || question.deadline() - System.nanoTime() <= 0;
    return over ? new Lookup.Unleased() : ask(question, attempt + 1);
  }

  private Lookup answer(Question question, List<@Nullable Object> replies, int attempt) {
    Lookup answer = whatToDo(question, replies, attempt);
    boolean holdsRight =
        answer instanceof Lookup.Refreshable found && found.right() instanceof Lookup.Granted;
    if (question.refresh() && !holdsRight && isFree(question.right(replies), question)) {
      // It was asked for in vain. Nobody renews it, and whoever comes would wait for its end.
      roundTrip.call(scripts.release(question.names(), question.token(), true));
    }
    return answer;
  }

  private Lookup whatToDo(Question question, List<@Nullable Object> replies, int attempt) {
    Held held = question.entry(replies);
    if (held instanceof Held.WriteRefused) {
      return read(question);
    }
    Window window = noted(question.names(), question.window(replies));
    if (isFree(held, question)) {
      Frame refresher = question.refresher(replies);
      return refresher != null && window != null && refresher.number() == window.floor()
          ? ceded(question, refresher, window, attempt)
          : granted(question, window, attempt);
    }
    if (held instanceof Held.Framed framed) {
      if (framed.left() == Held.UNKNOWN && attempt == 1) {
        return again(question, attempt);
      }
      Lookup usable = usable(framed, window, false);
      if (usable instanceof Lookup.Found found && question.refresh()) {
        return new Lookup.Refreshable(found.value(), right(question, replies, window, found));
      }
      return usable != null ? usable : takePlace(question, framed.beginning(), attempt);
    }
    return takePlace(question, ((Held.Foreign) held).beginning(), attempt);
  }

  /** Without writes there is no lease, but a value that is there is as good as ever. */
  private Lookup read(Question question) {
    List<@Nullable Object> replies = askOnce(question.readingCommands());
    if (question.entry(replies) instanceof Held.Framed framed) {
      Lookup usable = usable(framed, question.window(replies), false);
      if (usable instanceof Lookup.Found found && question.refresh()) {
        return new Lookup.Refreshable(found.value(), new Lookup.Unleased());
      }
      return usable != null ? usable : new Lookup.Unleased();
    }
    return new Lookup.Unleased();
  }

  /** Returns what a frame answers, or null if it is void. */
  private static @Nullable Lookup usable(
      Held.Framed framed, @Nullable Window window, boolean refresh) {
    Frame frame = framed.frame();
    long left = Math.max(0, framed.left());
    if (frame.isFailure()) {
      // Not void after a clear, which says nothing about the origin's health.
      return new Lookup.BackingOff(new StoredFailure(frame.body()), Duration.ofMillis(left));
    }
    if (window == null) {
      return null;
    }
    if (frame.isLease()) {
      return frame.number() == window.floor()
          ? new Lookup.Taken(frame.id(), refresh, Duration.ofMillis(left))
          : null;
    }
    return window.holds(frame.number())
        ? new Lookup.Found(new StoredValue(frame.body(), frame.id(), frame.number(), left))
        : null;
  }

  /** Answers who may refresh the value that was found. */
  private Lookup right(
      Question question, List<@Nullable Object> replies, @Nullable Window window, Lookup.Found of) {
    Held held = question.right(replies);
    Id replaces = of.value().fillId();
    if (isFree(held, question)) {
      return grantedRight(question, window, replaces);
    }
    if (held instanceof Held.Framed framed && !framed.frame().isValue()) {
      Lookup usable = usable(framed, window, true);
      return usable != null ? usable : takeRight(question, framed.beginning(), replaces);
    }
    if (held instanceof Held.WriteRefused) {
      return new Lookup.Unleased();
    }
    return takeRight(question, beginningOf(held), replaces);
  }

  /**
   * Whether what was asked for was granted. A lease with one's own token was granted by a command
   * that was sent twice.
   */
  private static boolean isFree(Held held, Question question) {
    return held instanceof Held.Nothing
        || (held instanceof Held.Framed framed
            && framed.frame().isLease()
            && framed.frame().id().equals(question.token()));
  }

  /** The value's time is up, but its refresh still runs: the lease just taken is given back. */
  private Lookup ceded(Question question, Frame refresher, Window window, int attempt) {
    Object reply = roundTrip.call(scripts.cede(question.names(), question.token(), refresher.id()));
    long left = reply instanceof Long millis ? millis : LOOK_AGAIN;
    if (left == STILL_OWN) {
      return granted(question, window, attempt);
    }
    return left >= 0
        ? new Lookup.Taken(refresher.id(), true, Duration.ofMillis(left))
        : again(question, attempt);
  }

  private Lookup granted(Question question, @Nullable Window window, int attempt) {
    Window confirmed;
    try {
      confirmed = confirmed(question, window, false);
    } catch (JedisDataException e) {
      return unleased(e);
    }
    return confirmed == null ? again(question, attempt) : lease(question, confirmed, null);
  }

  private Lookup grantedRight(Question question, @Nullable Window window, Id replaces) {
    try {
      Window confirmed = confirmed(question, window, true);
      return confirmed == null ? new Lookup.Unleased() : lease(question, confirmed, replaces);
    } catch (JedisDataException e) {
      return unleased(e);
    }
  }

  /** Makes sure that a lease bears the present floor; null if it is lost already. */
  private @Nullable Window confirmed(Question question, @Nullable Window window, boolean refresh) {
    if (window != null && window.floor() == question.floor()) {
      return window;
    }
    Object reply = roundTrip.call(scripts.confirm(question.names(), question.token(), refresh));
    return noted(question.names(), Window.read(reply));
  }

  private Lookup takePlace(Question question, Held.Beginning beginning, int attempt) {
    return takePlace(question, beginning.bytes(), Frame.BEGINNING_END, attempt);
  }

  private Lookup takePlace(Question question, byte[] expected, int lastIndex, int attempt) {
    Object reply;
    try {
      reply =
          roundTrip.call(
              scripts.replaceEntry(
                  question.names(), expected, lastIndex, question.token(), question.leaseMillis()));
    } catch (JedisDataException e) {
      return unleased(e);
    }
    Window window = noted(question.names(), Window.read(reply));
    return window == null ? again(question, attempt) : lease(question, window, null);
  }

  private Lookup takeRight(Question question, Held.Beginning beginning, Id replaces) {
    Object reply;
    try {
      reply =
          roundTrip.call(
              scripts.replaceRight(
                  question.names(), beginning.bytes(), question.token(), question.leaseMillis()));
    } catch (JedisDataException e) {
      return unleased(e);
    }
    Window window = noted(question.names(), Window.read(reply));
    // If another took it meanwhile, that one refreshes: a right saves work and nothing else.
    return window == null ? new Lookup.Unleased() : lease(question, window, replaces);
  }

  private static Held.Beginning beginningOf(Held held) {
    return held instanceof Held.Framed framed
        ? framed.beginning()
        : ((Held.Foreign) held).beginning();
  }

  private static Lookup lease(Question question, Window window, @Nullable Id replaces) {
    return new Lookup.Granted(
        new Lease(question.names().key, question.token(), window.seq(), replaces));
  }

  private static Lookup unleased(JedisDataException e) {
    if (Refusals.isWriteRefused(e)) {
      return new Lookup.Unleased();
    }
    throw e;
  }

  private @Nullable Window noted(KeyNames names, @Nullable Window window) {
    if (window != null) {
      floors.note(names.partition, window);
    }
    return window;
  }
}
