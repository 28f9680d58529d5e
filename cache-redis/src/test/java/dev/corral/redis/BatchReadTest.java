package dev.corral.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.corral.remote.Id;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.commands.ProtocolCommand;
import redis.clients.jedis.exceptions.JedisDataException;

/** What a batch asks for, and what it makes of the replies. */
class BatchReadTest {

  private static final Id FILL = new Id(1, 2);
  private static final long STAMP = 1L << 51;
  private static final long NOW = 1_800_000_000_123L;
  private static final List<byte[]> TIME =
      List.of(Bytes.ascii("1800000000"), Bytes.ascii("123999"));
  private static final byte[] WINDOW =
      Bytes.concat(Bytes.number(STAMP), Bytes.number(STAMP), Bytes.number(0));

  private final RedisKeys keys = new RedisKeys("test", "products");

  private List<KeyNames> names(int count) {
    return IntStream.range(0, count).mapToObj(i -> keys.of("key-" + i)).toList();
  }

  private List<ProtocolCommand> commands(BatchRead read) {
    return read.commands(keys).stream().map(BatchReadTest::command).toList();
  }

  private static ProtocolCommand command(CommandObject<?> command) {
    return command.getArguments().getCommand();
  }

  private static byte[] value(long end) {
    return Frames.value(FILL, STAMP, end, "body".getBytes(UTF_8));
  }

  /** Reads one key of a batch of one. */
  private Held held(boolean spread, Object first, byte @Nullable [] string) {
    List<Held> read = new ArrayList<>();
    BatchRead.of(names(1), spread)
        .get(0)
        .read(
            List.of(first, Arrays.asList(string, WINDOW)),
            (place, of, held, window) -> {
              assertThat(window).isEqualTo(new Window(STAMP, STAMP, 0));
              read.add(held);
            });
    return read.get(0);
  }

  @Test
  void aHundredKeysAreAskedForByTheTimeAndThenOneCommand() {
    List<BatchRead> reads = BatchRead.of(names(100), false);

    assertThat(reads).hasSize(1);
    assertThat(commands(reads.get(0))).containsExactly(Command.TIME, Command.MGET);
  }

  @Test
  void eachHundredKeysAreReadAtTheirOwnTime() {
    assertThat(BatchRead.of(names(250), false))
        .hasSize(3)
        .allSatisfy(read -> assertThat(commands(read)).containsExactly(Command.TIME, Command.MGET));
  }

  // The server keeps all values of a round trip until they are fetched.
  @Test
  void aRoundTripReadsAThousandKeysAtMost() {
    assertThat(keysOfEachRoundTrip(2_500, false)).containsExactly(1_000, 1_000, 500);
    assertThat(keysOfEachRoundTrip(1_000, false)).containsExactly(1_000);
    assertThat(keysOfEachRoundTrip(1, false)).containsExactly(1);
    assertThat(keysOfEachRoundTrip(2_500, true))
        .hasSizeBetween(3, 4)
        .allSatisfy(size -> assertThat(size).isBetween(1, 1_000));
  }

  private List<Integer> keysOfEachRoundTrip(int count, boolean spread) {
    List<BatchRead> reads = BatchRead.of(names(count), spread);
    List<List<BatchRead>> trips = BatchRead.roundTrips(reads);

    assertThat(trips.stream().flatMap(List::stream)).containsExactlyElementsOf(reads);
    return trips.stream().map(trip -> trip.stream().mapToInt(BatchRead::size).sum()).toList();
  }

  // Without keys, a command goes to any server, and each has its own clock.
  @Test
  void ofManyServersNoneIsAskedForItsTime() {
    List<BatchRead> reads = BatchRead.of(names(100), true);

    assertThat(reads).hasSizeGreaterThan(1);
    for (BatchRead read : reads) {
      List<ProtocolCommand> commands = commands(read);
      assertThat(commands.subList(0, commands.size() - 1)).containsOnly(Command.PTTL);
      assertThat(commands.get(commands.size() - 1)).isEqualTo(Command.MGET);
    }
  }

  @Test
  void whatIsLeftOfAValueIsTheTimeFromTheServersToItsEnd() {
    Held held = held(false, TIME, value(NOW + 300_000));

    assertThat(((Held.Framed) held).left()).isEqualTo(300_000);
  }

  @Test
  void fromManyServersWhatIsLeftIsWhatEachSays() {
    Held held = held(true, 200_000L, value(NOW + 300_000));

    assertThat(((Held.Framed) held).left()).isEqualTo(200_000);
  }

  @Test
  void aKeyThatHoldsNothingReadsAsNothing() {
    assertThat(held(false, TIME, null)).isInstanceOf(Held.Nothing.class);
  }

  @Test
  void aServerThatDoesNotTellTheTimeIsAnError() {
    JedisDataException refused = new JedisDataException("NOPERM");

    assertThatExceptionOfType(JedisDataException.class)
        .isThrownBy(() -> held(false, refused, value(NOW)))
        .isSameAs(refused);
  }
}
