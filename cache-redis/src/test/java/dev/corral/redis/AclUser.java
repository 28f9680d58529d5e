package dev.corral.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.servers.TlsRedis;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.SslVerifyMode;

/** The user that docs/operating-redis.md tells to create, with the rights that it names. */
final class AclUser {

  static final String NAME = "corral";
  static final String PASSWORD = "SECRET";

  /** The namespace that the page takes as its example. */
  static final String NAMESPACE = "shop";

  private static final Pattern LINE =
      Pattern.compile("^ACL SETUSER corral (.+)$", Pattern.MULTILINE);

  private AclUser() {}

  /** Returns the rules of the page's line, one by one. */
  static List<String> rules() {
    try {
      Matcher line = LINE.matcher(Files.readString(Path.of("..", "docs", "operating-redis.md")));
      assertThat(line.find()).isTrue();
      return List.of(line.group(1).split(" "));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the rights among the rules, each of which may be taken away: commands and patterns. */
  static List<String> rights() {
    return rules().stream()
        .filter(rule -> rule.matches("[+~&].+") && !rule.matches("[~&]\\*"))
        .toList();
  }

  /** Creates the user, or gives him back what he had. */
  static void create(Jedis admin) {
    set(admin, rules());
  }

  /** Creates the user without one of his rights. */
  static void createWithout(Jedis admin, String right) {
    List<String> rest = new ArrayList<>(rules());
    assertThat(rest.remove(right)).isTrue();
    set(admin, rest);
  }

  /** Takes all rights away, and cuts what is connected. */
  static void revoke(Jedis admin) {
    set(admin, List.of("-@all"));
    disconnect(admin);
  }

  /** Makes it impossible to log in, and cuts what is connected. */
  static void lock(Jedis admin) {
    set(admin, List.of("off"));
    disconnect(admin);
  }

  /** Returns a client of this user over TLS. */
  static RedisClient client(TlsRedis server, SslOptions tls) {
    return RedisClient.builder()
        .hostAndPort(new HostAndPort(server.host(), server.port()))
        .clientConfig(
            DefaultJedisClientConfig.builder()
                .user(NAME)
                .password(PASSWORD)
                .sslOptions(tls)
                .build())
        .build();
  }

  /** Returns what trusts a server's certificate alone, and looks whether it is that of its host. */
  static SslOptions trusting(TlsRedis server) {
    return SslOptions.builder()
        .truststore(server.truststore(), server.truststorePassword())
        .trustStoreType("PKCS12")
        .sslVerifyMode(SslVerifyMode.FULL)
        .build();
  }

  private static void disconnect(Jedis admin) {
    admin.sendCommand(Protocol.Command.CLIENT, "KILL", "USER", NAME);
  }

  private static void set(Jedis admin, List<String> rules) {
    admin.aclSetUser(NAME, rules.toArray(String[]::new));
  }
}
