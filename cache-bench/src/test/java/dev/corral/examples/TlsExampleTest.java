package dev.corral.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.servers.TlsRedis;
import java.io.File;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.SslVerifyMode;

/** The example of TLS in docs/operating-redis.md. */
class TlsExampleTest {

  @Test
  void aClientThatSpeaksTls() {
    try (TlsRedis server = TlsRedis.start();
        Jedis admin = new Jedis(server.plainUri())) {
      admin.aclSetUser("corral", "on", ">SECRET", "~*", "+get");
      String host = server.host();
      int port = server.port();
      String password = "SECRET";
      File truststore = server.truststore();
      char[] truststorePassword = server.truststorePassword();

      RedisClient jedis =
          RedisClient.builder()
              .hostAndPort(new HostAndPort(host, port))
              .clientConfig(
                  DefaultJedisClientConfig.builder()
                      .user("corral")
                      .password(password)
                      .sslOptions(
                          SslOptions.builder() // SslOptions.defaults(): what the JDK trusts
                              .truststore(truststore, truststorePassword)
                              .trustStoreType("PKCS12")
                              .sslVerifyMode(SslVerifyMode.FULL)
                              .build())
                      .build())
              .build();

      try (jedis) {
        assertThat(jedis.get("anything")).isNull();
      }
    }
  }
}
