package dev.corral.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import dev.corral.CacheListener;
import dev.corral.InvalidationOrigin;
import dev.corral.InvalidationSink;
import dev.corral.TieredCache;
import dev.corral.codec.JacksonCodec;
import dev.corral.redis.RedisStore;
import dev.corral.remote.RemoteStore;
import dev.corral.servers.PostgresServer;
import dev.corral.servers.RedisServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.UnifiedJedis;

/** The database of docs/invalidation.md: two nodes, one of which it tells what was changed. */
class PostgresInvalidationsTest {

  private static final String LISTENER = "corral_listener";
  private static final String LISTENING =
      "select count(*) from pg_stat_activity where application_name = 'corral product_changes'";
  private static final PostgresServer POSTGRES = PostgresServer.start();

  private final ShopDatabase database = new ShopDatabase(POSTGRES);
  private final List<String> told = new CopyOnWriteArrayList<>();
  private final UnifiedJedis jedis =
      RedisClient.create(RedisServer.shared().host(), RedisServer.shared().port());
  private final RemoteStore redis = RedisStore.builder(jedis).namespace("feed").build();
  private final RemoteStore otherRedis = RedisStore.builder(jedis).namespace("feed").build();
  private final TieredCache<Long, Product> other =
      TieredCache.<Long, Product>builder("products")
          .freshFor(Duration.ofMinutes(5))
          .remote(otherRedis, JacksonCodec.of(Product.class))
          .build();

  @AfterAll
  static void stopDatabase() {
    POSTGRES.close();
  }

  @BeforeEach
  void stockTheShop() throws SQLException {
    database.stock();
    database.execute(new DocsPage("invalidation.md").block("sql"));
  }

  @AfterEach
  void close() {
    other.close();
    redis.close();
    otherRedis.close();
    jedis.close();
  }

  private TieredCache<Long, Product> listeningNode() {
    return listeningNode(database.url(), database.credentials());
  }

  /** Returns a node once it has said that it listens. */
  private TieredCache<Long, Product> listeningNode(String url, Properties credentials) {
    TieredCache<Long, Product> products =
        TieredCache.<Long, Product>builder("products")
            .freshFor(Duration.ofMinutes(5))
            .remote(redis, JacksonCodec.of(Product.class))
            .listener(whatIsTold())
            .invalidatedBy(
                new PostgresInvalidations<>(url, credentials, "product_changes", Long::valueOf))
            .build();
    awaitTold("all");
    return products;
  }

  private CacheListener<Long, Product> whatIsTold() {
    return new CacheListener<>() {
      @Override
      public void invalidated(Long id, InvalidationOrigin origin) {
        told.add(origin == InvalidationOrigin.SOURCE ? "" + id : id + " by " + origin);
      }

      @Override
      public void invalidatedAll(InvalidationOrigin origin) {
        told.add(origin == InvalidationOrigin.SOURCE ? "all" : "all by " + origin);
      }
    };
  }

  private void awaitTold(String what) {
    await().until(() -> told.contains(what));
  }

  private void awaitServed(TieredCache<Long, Product> cache, Product expected) {
    await().until(() -> expected.equals(cache.get(1L, database::find)));
  }

  @Test
  void anUpdateByPlainSqlReachesBothNodes() throws SQLException {
    Product before = new Product(1, "a table", 3);
    try (var fed = listeningNode()) {
      assertThat(fed.get(1L, database::find)).isEqualTo(before);
      assertThat(other.get(1L, database::find)).isEqualTo(before);
      assertThat(database.reads()).isOne();

      database.execute("update product set stock = 2 where id = 1");

      awaitTold("1");
      Product after = new Product(1, "a table", 2);
      assertThat(fed.get(1L, database::find)).isEqualTo(after);
      awaitServed(other, after);
      assertThat(database.reads()).as("one more for both nodes").isEqualTo(2);
    }
  }

  @Test
  void aRowThatComesGoesOrGetsAnotherKeyIsTold() throws SQLException {
    try (var fed = listeningNode()) {
      database.execute(
          "insert into product values (3, 'a chair', 1)",
          "delete from product where id = 2",
          "update product set id = 4 where id = 3",
          "notify product_changes, '5'");
      awaitTold("5");

      assertThat(told).contains("2", "3", "4");
      assertThat(fed.get(2L, database::find)).isNull();
    }
  }

  @Test
  void aTableThatIsEmptiedIsToldAsAll() throws SQLException {
    try (var fed = listeningNode()) {
      fed.get(1L, database::find);
      told.clear();

      database.execute("truncate product");

      awaitTold("all");
      assertThat(fed.get(1L, database::find)).isNull();
    }
  }

  @Test
  void whatIsRolledBackInvalidatesNothing() throws SQLException {
    try (var fed = listeningNode()) {
      fed.get(1L, database::find);

      try (Connection transaction = database.begin()) {
        ShopDatabase.execute(transaction, "update product set stock = 2 where id = 1");
        transaction.rollback();
      }
      database.execute("update product set stock = 1 where id = 2");

      awaitTold("2");
      assertThat(told).doesNotContain("1");
      assertThat(fed.getIfPresent(1L)).isPresent();
    }
  }

  @Test
  void theInvalidationComesAfterTheCommit() throws SQLException {
    try (var fed = listeningNode();
        Connection transaction = database.begin()) {
      fed.get(1L, database::find);
      ShopDatabase.execute(transaction, "update product set stock = 2 where id = 1");
      database.execute("update product set stock = 1 where id = 2");
      awaitTold("2");
      assertThat(told).as("of what is not committed").doesNotContain("1");
      assertThat(fed.get(1L, database::find)).isEqualTo(new Product(1, "a table", 3));

      transaction.commit();

      awaitTold("1");
      assertThat(fed.get(1L, database::find)).isEqualTo(new Product(1, "a table", 2));
    }
  }

  @Test
  void whatIsChangedWhileTheConnectionIsCutIsNotServedAfterTheReconnect() throws SQLException {
    database.execute(
        "drop role if exists " + LISTENER,
        "create role " + LISTENER + " login password '" + LISTENER + "'");
    Properties credentials = ShopDatabase.credentials(LISTENER, LISTENER);
    try (var fed = listeningNode(database.urlWithoutUser(), credentials)) {
      fed.get(1L, database::find);
      other.get(1L, database::find);
      told.clear();

      database.execute("alter role " + LISTENER + " nologin");
      try (Connection transaction = database.begin()) {
        ShopDatabase.execute(
            transaction,
            "update product set stock = 2 where id = 1",
            "select pg_terminate_backend(pid) from pg_stat_activity where usename = '"
                + LISTENER
                + "'");
        await().until(() -> database.count(LISTENING) == 0);
        transaction.commit();
      }
      assertThat(fed.get(1L, database::find)).as("missed").isEqualTo(new Product(1, "a table", 3));
      database.execute("alter role " + LISTENER + " login");

      awaitTold("all");
      Product after = new Product(1, "a table", 2);
      assertThat(fed.get(1L, database::find)).isEqualTo(after);
      awaitServed(other, after);

      database.execute("update product set stock = 1 where id = 1");
      awaitTold("1");
      assertThat(fed.get(1L, database::find)).isEqualTo(new Product(1, "a table", 1));
    }
  }

  @Test
  void whatIsChangedDuringTheReportOfAllIsNotMissed() throws Exception {
    AtomicBoolean changed = new AtomicBoolean();
    InvalidationSink<Long> sink =
        new InvalidationSink<>() {
          @Override
          public void invalidate(Long id) {
            told.add("" + id);
          }

          @Override
          public void invalidateAll(Collection<? extends Long> ids) {
            ids.forEach(this::invalidate);
          }

          @Override
          public void invalidateTag(String tag) {
            told.add("tag " + tag);
          }

          @Override
          public void invalidateAll() {
            try {
              database.execute("update product set stock = 2 where id = 1");
              changed.set(true);
            } catch (SQLException e) {
              throw new IllegalStateException(e);
            }
          }
        };

    AutoCloseable subscription = source().subscribe(sink);
    try {
      await().untilTrue(changed);

      awaitTold("1");
    } finally {
      subscription.close();
    }
  }

  @Test
  void aPayloadThatIsNoKeyIsIgnored() throws SQLException {
    try (var fed = listeningNode()) {
      fed.get(1L, database::find);
      told.clear();

      database.execute("notify product_changes, 'a table'", "notify product_changes, '2'");

      awaitTold("2");
      assertThat(told).containsExactly("2");
      assertThat(fed.getIfPresent(1L)).isPresent();
    }
  }

  @Test
  void nothingIsLeftAfterClosing() throws SQLException {
    var fed = listeningNode();
    assertThat(feedThreads()).isOne();
    assertThat(database.count(LISTENING)).isOne();

    fed.close();

    assertThat(feedThreads()).isZero();
    await().until(() -> database.count(LISTENING) == 0);
    database.execute("update product set stock = 2 where id = 1");
  }

  @Test
  void nothingIsLeftWhenTheDatabaseWasNeverThere() {
    var alone =
        TieredCache.<Long, Product>builder("products")
            .freshFor(Duration.ofMinutes(5))
            .invalidatedBy(
                new PostgresInvalidations<>(
                    "jdbc:postgresql://localhost:1/nowhere",
                    new Properties(),
                    "product_changes",
                    Long::valueOf))
            .build();
    assertThat(alone.get(1L, id -> new Product(id, "a table", 3))).isNotNull();

    alone.close();

    assertThat(feedThreads()).isZero();
  }

  @Test
  void aChannelThatSqlWouldReadOtherwiseIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new PostgresInvalidations<>("", new Properties(), "a; drop", Long::valueOf));
  }

  private PostgresInvalidations<Long> source() {
    return new PostgresInvalidations<>(
        database.url(), database.credentials(), "product_changes", Long::valueOf);
  }

  private static long feedThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("corral-feed-"))
        .count();
  }
}
