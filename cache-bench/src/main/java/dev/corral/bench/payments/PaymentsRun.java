package dev.corral.bench.payments;

import dev.corral.bench.node.NodeConfig.Database;
import dev.corral.bench.payments.Payment.Ask;
import dev.corral.bench.report.PaymentsContender;
import dev.corral.bench.site.Servers;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Makes the same payments with the same faults in one mode after the other, and reads in the ledger
 * what has come of it:
 *
 * <pre>
 * customers → hop 1 → API process → hop 2 → payment service process → PostgreSQL, Redis
 * </pre>
 *
 * @param clients how many customers pay at a time, at most
 * @param rate how many payments come up a second
 * @param crashes how often the payment service is killed
 * @param apiCrashes how often the API process is
 * @param folder where the processes write what they have to say
 */
public record PaymentsRun(
    long seed,
    int payments,
    int clients,
    int rate,
    int crashes,
    int apiCrashes,
    Servers servers,
    Path folder,
    Consumer<String> announce) {
  // A customer is more patient than the API, and what hangs is so for longer than both.
  private static final Duration CLIENT_ATTEMPT = Duration.ofSeconds(2);
  private static final Duration CLIENT_DEADLINE = Duration.ofSeconds(8);
  private static final Duration HANG_BEFORE_API = Duration.ofMillis(2_500);
  private static final Duration HANG_BEHIND_API = Duration.ofSeconds(1);
  private static final int MOST_ROUNDS = 10;

  /** Runs one mode. */
  public PaymentsContender run(Mode mode) throws IOException, SQLException, InterruptedException {
    servers.emptyRedis();
    Database ledger =
        Ledger.create(servers.database(), "payments_" + mode.name().toLowerCase(Locale.ROOT));
    List<Payment> drawn = Payment.draw(seed, payments);
    var requests = new PerSecond();
    var faults = new PerSecond();
    var ended = new PerSecond();
    var first = new HopCounts(new PerSecond(), faults);
    var second = new HopCounts(requests, faults);
    try (ServerProcess service =
            start(ServiceMain.class, mode, URI.create("http://nowhere"), ledger);
        FaultyHop behindApi = new FaultyHop(2, service.uri(), seed, HANG_BEHIND_API, second);
        ServerProcess api = start(ApiMain.class, mode, behindApi.uri(), ledger);
        FaultyHop beforeApi = new FaultyHop(1, api.uri(), seed, HANG_BEFORE_API, first);
        Disasters disasters =
            new Disasters(
                seed, payments, crashes, apiCrashes, service, api, servers.redis(), announce)) {
      Sender sender = sender(mode, beforeApi.uri());
      try (var customers = new Customers(sender, clients, rate, ended)) {
        long begin = System.nanoTime();
        List.of(requests, faults, ended).forEach(counts -> counts.begin(begin));
        customers.pay(drawn, mode == Mode.CORRAL, disasters::progress);
        disasters.await();
        beforeApi.mend();
        behindApi.mend();
        long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin);
        long gaveUp = Audit.open(customers.told()).size();
        if (mode != Mode.NO_RETRY) {
          reconcile(customers);
        }
        var traffic =
            new Traffic(
                customers.asks(),
                sender.stats().plus(disasters.killed()).plus(api.stats(SenderStats.class)),
                first,
                second,
                disasters.crashes(),
                disasters.apiCrashes(),
                gaveUp,
                seconds,
                customers.micros(),
                List.of(ended.soFar(), requests.soFar(), faults.soFar()));
        return new Audit(drawn, customers.told(), Ledger.read(ledger)).result(mode, traffic);
      }
    }
  }

  private static Sender sender(Mode mode, URI api) {
    Sender sender =
        Sender.of(mode, "api", api.resolve(ApiMain.PATH), CLIENT_ATTEMPT, CLIENT_DEADLINE);
    return mode == Mode.CORRAL ? new PatientSender(sender, CLIENT_DEADLINE) : sender;
  }

  private ServerProcess start(Class<?> main, Mode mode, URI next, Database database)
      throws IOException {
    var config =
        new ServerConfig(
            mode, 0, next, database, servers.redisUri(), "payments-" + mode.shownName());
    return ServerProcess.start(
        main, config, folder.resolve(main.getSimpleName() + "-" + mode.shownName() + ".log"));
  }

  /** Asks again with the same keys; a reservation of a service that was killed is over by then. */
  private static void reconcile(Customers customers) throws InterruptedException {
    for (int round = 0; round < MOST_ROUNDS; round++) {
      List<Ask> open = Audit.open(customers.told());
      if (open.isEmpty()) {
        return;
      }
      TimeUnit.NANOSECONDS.sleep(ServiceMain.RESERVATION.toNanos());
      customers.reconcile(open);
    }
  }
}
