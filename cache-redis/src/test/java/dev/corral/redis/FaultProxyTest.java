package dev.corral.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.corral.servers.RedisServer;
import dev.corral.servers.faults.Connections;
import dev.corral.servers.faults.Direction;
import dev.corral.servers.faults.FaultProxy;
import dev.corral.servers.faults.MessageCounts;
import dev.corral.servers.faults.MessageFilter;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisPubSub;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.RedisProtocol;
import redis.clients.jedis.Response;
import redis.clients.jedis.exceptions.JedisConnectionException;

/** Each fault of the proxy, between Jedis and a real Redis. */
@SuppressWarnings("NullAway.Init") // set up before each test
class FaultProxyTest {

  private final RedisServer server = RedisServer.shared();
  private final String channel = Node.newCache();
  private FaultProxy proxy;
  private Jedis direct;

  @BeforeEach
  void start() {
    proxy = FaultProxy.before(server);
    direct = new Jedis(server.uri());
  }

  @AfterEach
  void stop() {
    proxy.close();
    direct.close();
  }

  @ParameterizedTest
  @EnumSource(
      value = RedisProtocol.class,
      names = {"RESP2", "RESP3"})
  void withoutFaultsRepliesAreTheServersOwn(RedisProtocol protocol) {
    try (Jedis jedis = connect(protocol)) {
      Random random = new Random(7);
      byte[] large = new byte[5 << 20];
      random.nextBytes(large);
      byte[] key = channel.getBytes(UTF_8);
      assertThat(jedis.set(key, large)).isEqualTo("OK");
      assertThat(jedis.get(key)).isEqualTo(large);

      Pipeline pipeline = jedis.pipelined();
      List<Response<byte[]>> echoes = new ArrayList<>();
      List<byte[]> sent = new ArrayList<>();
      for (int i = 0; i < 2_000; i++) {
        byte[] word = new byte[random.nextInt(300)];
        random.nextBytes(word);
        sent.add(word);
        pipeline.set(key, word);
        echoes.add(pipeline.get(key));
      }
      pipeline.sync();
      for (int i = 0; i < sent.size(); i++) {
        assertThat(echoes.get(i).get()).isEqualTo(sent.get(i));
      }
      assertThat(proxy.commands("GET")).isEqualTo(2_001);
      assertThat(proxy.commandsOnEach(Connections.OTHERS)).hasSize(1).allMatch(n -> n > 4_000);
    }
    await().until(() -> proxy.openConnections(Connections.ALL) == 0);
  }

  @Test
  void manyConnectionsKeepApart() throws Exception {
    List<Callable<Boolean>> clients = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      String key = channel + i;
      clients.add(
          () -> {
            try (Jedis jedis = connect()) {
              for (int n = 0; n < 50; n++) {
                jedis.set(key, key + n);
                if (!jedis.get(key).equals(key + n)) {
                  return false;
                }
              }
              return true;
            }
          });
    }

    ExecutorService threads = Executors.newFixedThreadPool(clients.size());
    try {
      for (Future<Boolean> own : threads.invokeAll(clients, 30, SECONDS)) {
        assertThat(own.get()).isTrue();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void newConnectionsAreRefusedAndOldOnesGoOn() {
    try (Jedis old = connect()) {
      proxy.refuseConnections();

      assertThatExceptionOfType(ConnectException.class)
          .isThrownBy(() -> new Socket(proxy.host(), proxy.port()).close());
      assertThat(old.ping()).isEqualTo("PONG");

      proxy.heal();
      try (Jedis another = connect()) {
        assertThat(another.ping()).isEqualTo("PONG");
      }
    }
  }

  @Test
  void aCutEndsTheConnectionsThatItSelects() throws Exception {
    try (Jedis jedis = connect();
        Subscriber subscriber = new Subscriber(channel)) {
      assertThat(proxy.openConnections(Connections.SUBSCRIBERS)).isEqualTo(1);
      assertThat(proxy.openConnections(Connections.OTHERS)).isEqualTo(1);

      proxy.cut(Connections.SUBSCRIBERS);
      subscriber.awaitEnd();
      assertThat(jedis.ping()).isEqualTo("PONG");

      proxy.cut(Connections.ALL);
      assertThatExceptionOfType(JedisConnectionException.class).isThrownBy(jedis::ping);
    }
    try (Jedis jedis = connect()) {
      assertThat(jedis.ping()).isEqualTo("PONG");
    }
  }

  @Test
  void aReplyIsCutAfterExactlySoManyBytes() throws IOException {
    direct.set(channel, "x".repeat(100_000));
    for (int bytes : new int[] {0, 1, 5, 9, 50_000, 100_008}) {
      try (Socket socket = new Socket(proxy.host(), proxy.port());
          Jedis other = connect()) {
        socket.setSoTimeout(10_000);
        proxy.cutAfter(Connections.OTHERS, bytes);
        socket.getOutputStream().write(("GET " + channel + "\r\n").getBytes(UTF_8));

        assertThat(socket.getInputStream().readAllBytes()).hasSize(bytes);
        assertThat(other.ping()).isEqualTo("PONG");
      }
    }
  }

  @Test
  void aCutCountsTheBytesOfSeveralReplies() throws IOException {
    try (Socket socket = new Socket(proxy.host(), proxy.port())) {
      socket.setSoTimeout(10_000);
      proxy.cutAfter(Connections.ALL, 17);
      socket.getOutputStream().write("PING\r\n".repeat(3).getBytes(UTF_8));

      assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8))
          .isEqualTo("+PONG\r\n+PONG\r\n+PO");
    }
  }

  @Test
  void aHalfOpenConnectionAnswersNothingAndNeverWillButNewOnesWork() {
    direct.set(channel, "before");
    try (Jedis silent = impatient()) {
      proxy.swallow(Connections.ALL, Direction.TO_CLIENT);

      assertThatThrownBy(() -> silent.set(channel, "after")).hasMessageContaining("timed out");
      assertThat(direct.get(channel)).isEqualTo("after");
      proxy.heal();
      try (Jedis another = connect()) {
        assertThat(another.get(channel)).isEqualTo("after");
      }
      assertThat(proxy.openConnections(Connections.ALL)).isPositive();
    }
  }

  @Test
  void commandsThatAreSwallowedTakeNoEffect() {
    direct.set(channel, "before");
    try (Jedis silent = impatient()) {
      proxy.swallow(Connections.ALL, Direction.TO_SERVER, Direction.TO_CLIENT);

      assertThatThrownBy(() -> silent.set(channel, "after")).hasMessageContaining("timed out");
      assertThat(proxy.commands("SET")).isEqualTo(1);
      assertThat(direct.get(channel)).isEqualTo("before");
    }
  }

  @Test
  void aHalfOpenConnectionDoesNotTellThatTheServerIsGone() throws Exception {
    try (RedisServer mortal = RedisServer.start();
        FaultProxy before = FaultProxy.before(mortal);
        Socket socket = new Socket(before.host(), before.port())) {
      assumeTrue(mortal.controllable(), "the server is not ours to kill");
      socket.getOutputStream().write("PING\r\n".getBytes(UTF_8));
      assertThat(socket.getInputStream().readNBytes(7)).hasSize(7);

      before.swallow(Connections.ALL, Direction.TO_CLIENT);
      mortal.kill();

      socket.setSoTimeout(300);
      assertThatThrownBy(() -> socket.getInputStream().read()).hasMessageContaining("timed out");
    }
  }

  @Test
  void whatIsStalledArrivesWhenHealed() throws Exception {
    try (Subscriber subscriber = new Subscriber(channel);
        Jedis jedis = connect()) {
      proxy.stall(Connections.SUBSCRIBERS, Direction.TO_CLIENT);
      direct.publish(channel, "1");
      direct.publish(channel, "2");
      await().until(() -> proxy.messages().passed() == 2);

      assertThat(jedis.ping()).isEqualTo("PONG");
      assertThat(subscriber.messages).isEmpty();
      proxy.heal();
      assertThat(subscriber.next()).isEqualTo("1");
      assertThat(subscriber.next()).isEqualTo("2");
    }
  }

  @Test
  void aDelayCountsInBothDirections() {
    try (Jedis jedis = connect()) {
      proxy.delay(Duration.ofMillis(40));
      long start = System.nanoTime();
      jedis.ping();

      // No upper bound: only a delay that is missing shows.
      assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(80_000_000);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = RedisProtocol.class,
      names = {"RESP2", "RESP3"})
  void messagesThatAreSelectedAreDropped(RedisProtocol protocol) throws Exception {
    try (Subscriber subscriber = new Subscriber(channel, protocol)) {
      proxy.dropMessages((name, payload) -> payload[0] == 'b');
      List.of("a", "b", "c", "b", "d").forEach(text -> direct.publish(channel, text));
      assertThat(subscriber.next(3)).containsExactly("a", "c", "d");
      assertThat(proxy.messages()).isEqualTo(new MessageCounts(3, 2, 0, 0, 0));

      proxy.passMessages();
      direct.publish(channel, "b");
      assertThat(subscriber.next()).isEqualTo("b");
    }
  }

  @Test
  void aDropIsInForceWhenTheMethodReturns() throws Exception {
    try (Subscriber subscriber = new Subscriber(channel)) {
      for (int i = 0; i < 30; i++) {
        proxy.dropMessages(MessageFilter.on(channel));
        direct.publish(channel, "lost");
        int lost = i + 1;
        await().until(() -> proxy.messages().dropped() == lost);
        proxy.passMessages();
        direct.publish(channel, "through");
        assertThat(subscriber.next()).isEqualTo("through");
      }
    }
  }

  @Test
  void messagesOfOtherChannelsAndRepliesAreLeftAlone() throws Exception {
    direct.rpush(channel, "message", channel, "payload");
    try (Subscriber other = new Subscriber("other-" + channel);
        Subscriber subscriber = new Subscriber(channel);
        Jedis jedis = connect()) {
      proxy.dropMessages(MessageFilter.on(channel));
      direct.publish(channel, "lost");
      direct.publish("other-" + channel, "heard");

      assertThat(other.next()).isEqualTo("heard");
      await().until(() -> proxy.messages().dropped() == 1);
      assertThat(subscriber.messages).isEmpty();
      assertThat(jedis.lrange(channel, 0, -1)).containsExactly("message", channel, "payload");
    }
  }

  // The connection goes back to its pool: an array that looks like a message is a reply again.
  @Test
  void aConnectionThatHasUnsubscribedGetsItsReplies() throws Exception {
    direct.rpush(channel, "message", channel, "payload");
    proxy.dropMessages(MessageFilter.all());
    try (Jedis jedis = connect()) {
      jedis.subscribe(
          new JedisPubSub() {
            @Override
            public void onSubscribe(String name, int count) {
              unsubscribe();
            }
          },
          "some-" + channel);

      assertThat(jedis.lrange(channel, 0, -1)).containsExactly("message", channel, "payload");
    }
  }

  @Test
  void messagesAreDuplicated() throws Exception {
    try (Subscriber subscriber = new Subscriber(channel)) {
      proxy.duplicateMessages((name, payload) -> payload[0] == '2');
      List.of("1", "2", "3").forEach(text -> direct.publish(channel, text));

      assertThat(subscriber.next(4)).containsExactly("1", "2", "2", "3");
      assertThat(proxy.messages()).isEqualTo(new MessageCounts(3, 0, 1, 0, 0));
    }
  }

  @Test
  void delayedMessagesAreOvertaken() throws Exception {
    try (Subscriber subscriber = new Subscriber(channel)) {
      proxy.delayMessages((name, payload) -> payload[0] == '1', Duration.ofMillis(200));
      List.of("1", "2", "3").forEach(text -> direct.publish(channel, text));

      assertThat(subscriber.next(3)).containsExactly("2", "3", "1");
      assertThat(proxy.messages()).isEqualTo(new MessageCounts(3, 0, 0, 1, 0));
    }
  }

  @Test
  void heldMessagesComeWhenReleasedInEitherOrder() throws Exception {
    try (Subscriber subscriber = new Subscriber(channel)) {
      proxy.holdMessages((name, payload) -> payload[0] != '0');
      for (boolean reversed : new boolean[] {false, true}) {
        List.of("1", "2", "0", "3").forEach(text -> direct.publish(channel, text));
        assertThat(subscriber.next()).isEqualTo("0");
        await().until(() -> proxy.messages().held() == 3);
        if (reversed) {
          proxy.releaseMessagesReversed();
        } else {
          proxy.releaseMessages();
        }
        List<String> expected = reversed ? List.of("3", "2", "1") : List.of("1", "2", "3");
        assertThat(subscriber.next(3)).isEqualTo(expected);
      }
      direct.publish(channel, "4");
      await().until(() -> proxy.messages().held() == 1);
      proxy.passMessages();
      assertThat(subscriber.next()).isEqualTo("4");
    }
  }

  @Test
  void messagesAreReversedInGroups() throws Exception {
    try (Subscriber subscriber = new Subscriber(channel)) {
      proxy.reverseMessages((name, payload) -> payload[0] != '0', 3);
      List.of("1", "2", "0", "3", "4", "5").forEach(text -> direct.publish(channel, text));

      assertThat(subscriber.next(4)).containsExactly("0", "3", "2", "1");
      await().until(() -> proxy.messages().held() == 2);
      proxy.heal();
      assertThat(subscriber.next(2)).containsExactly("5", "4");
    }
  }

  // Thousands of messages of all sizes, so that frames are cut up by the sockets on the way.
  @Test
  void underAllMessageFaultsAtOnceEveryMessageThatComesIsWhole() throws Exception {
    try (Subscriber subscriber = new Subscriber(channel)) {
      proxy.dropMessages((name, payload) -> payload[0] == 'x');
      proxy.duplicateMessages((name, payload) -> payload[0] == 'd');
      proxy.reverseMessages((name, payload) -> payload[0] == 'r', 7);
      Random random = new Random(3);
      List<String> sent = new ArrayList<>();
      Pipeline pipeline = direct.pipelined();
      for (int i = 0; i < 3_000; i++) {
        char kind = "xdrp".charAt(random.nextInt(4));
        String text = (kind + "").repeat(1 + random.nextInt(2_000)) + i;
        sent.add(text);
        pipeline.publish(channel, text);
      }
      pipeline.sync();
      await().until(() -> total(proxy.messages()) == 3_000);
      proxy.heal();

      List<String> expected = new ArrayList<>();
      for (String text : sent) {
        int times = text.charAt(0) == 'x' ? 0 : text.charAt(0) == 'd' ? 2 : 1;
        IntStream.range(0, times).forEach(i -> expected.add(text));
      }
      assertThat(subscriber.next(expected.size())).containsExactlyInAnyOrderElementsOf(expected);
    }
  }

  @Test
  void aReplicaConnectsThroughTheProxy() {
    try (RedisServer replica = RedisServer.start();
        Jedis jedis = new Jedis(replica.uri())) {
      assumeTrue(replica.controllable(), "the server is not ours to make a replica of");
      direct.set(channel, "x".repeat(1_000));
      jedis.replicaof(proxy.host(), proxy.port());

      await().until(() -> "x".repeat(1_000).equals(jedis.get(channel)));
      direct.set(channel, "y");
      await().until(() -> "y".equals(jedis.get(channel)));
    }
  }

  private static long total(MessageCounts counts) {
    return counts.passed() + counts.dropped() + counts.held();
  }

  private Jedis connect() {
    return connect(RedisProtocol.RESP2);
  }

  private Jedis connect(RedisProtocol protocol) {
    Jedis jedis =
        new Jedis(
            new HostAndPort(proxy.host(), proxy.port()),
            DefaultJedisClientConfig.builder()
                .protocol(protocol)
                .socketTimeoutMillis(10_000)
                .build());
    // Answered once: from here on the proxy knows the connection.
    jedis.ping();
    return jedis;
  }

  private Jedis impatient() {
    Jedis jedis = new Jedis(proxy.host(), proxy.port(), 300);
    jedis.ping();
    return jedis;
  }

  /** Listens to one channel through the proxy. */
  private final class Subscriber extends JedisPubSub implements AutoCloseable {
    final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> began = new LinkedBlockingQueue<>();
    private final Jedis jedis;
    private final Thread thread;

    Subscriber(String name) throws InterruptedException {
      this(name, RedisProtocol.RESP2);
    }

    Subscriber(String name, RedisProtocol protocol) throws InterruptedException {
      jedis = connect(protocol);
      thread =
          new Thread(
              () -> {
                try {
                  jedis.subscribe(this, name);
                } catch (JedisConnectionException e) {
                  // Cut, by the test or by its end.
                }
              });
      thread.setDaemon(true);
      thread.start();
      assertThat(began.poll(10, SECONDS)).isEqualTo(name);
    }

    @Override
    public void onSubscribe(String name, int count) {
      began.add(name);
    }

    @Override
    public void onMessage(String name, String message) {
      messages.add(message);
    }

    String next() throws InterruptedException {
      return next(1).get(0);
    }

    List<String> next(int count) throws InterruptedException {
      String[] all = new String[count];
      for (int i = 0; i < count; i++) {
        all[i] = messages.poll(10, SECONDS);
        assertThat(all[i]).as("message %s of %s", i + 1, count).isNotNull();
      }
      return Arrays.asList(all);
    }

    void awaitEnd() throws InterruptedException {
      thread.join(10_000);
      assertThat(thread.isAlive()).isFalse();
    }

    @Override
    public void close() {
      jedis.disconnect();
    }
  }
}
