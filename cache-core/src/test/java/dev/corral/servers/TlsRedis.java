package dev.corral.servers;

import java.io.File;
import java.net.URI;

/**
 * A Redis server with a port that speaks TLS, and one that does not, for those who set it up.
 * Always a process of our own: a running server and a container know nothing of our certificate.
 */
public final class TlsRedis implements AutoCloseable {

  private final TlsCertificate certificate = new TlsCertificate();
  private final int port = FreePort.find();
  private final RedisProcess process =
      RedisProcess.start(RedisServers.binary(), certificate.settings(port));

  private TlsRedis() {}

  /** Starts a server of the caller's own. */
  public static TlsRedis start() {
    return new TlsRedis();
  }

  public String host() {
    return process.host();
  }

  /** Returns the port that speaks TLS. */
  public int port() {
    return port;
  }

  /** Returns the address of the port that does not speak TLS. */
  public URI plainUri() {
    return process.uri();
  }

  /** Returns a trust store of type PKCS12 that holds the certificate of this server alone. */
  public File truststore() {
    return certificate.truststore();
  }

  /** Returns the password of the trust store. */
  public char[] truststorePassword() {
    return TlsCertificate.PASSWORD.toCharArray();
  }

  @Override
  public void close() {
    process.close();
    certificate.delete();
  }
}
