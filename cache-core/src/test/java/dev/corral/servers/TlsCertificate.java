package dev.corral.servers;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;

/**
 * A certificate of this test's own for 127.0.0.1, made by the JDK's keytool, which signs itself: as
 * the files that a server wants, and as what a client has to trust.
 */
final class TlsCertificate {

  private static final String ALIAS = "redis";

  /** Of the trust store, too. */
  static final String PASSWORD = "only-for-tests";

  private final WorkDirectory directory = WorkDirectory.create("tls-");

  TlsCertificate() {
    Path file = directory.file("redis.p12");
    make(file);
    char[] password = PASSWORD.toCharArray();
    try (InputStream in = Files.newInputStream(file);
        OutputStream out = new FileOutputStream(truststore())) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(in, password);
      write("redis.crt", "CERTIFICATE", store.getCertificate(ALIAS).getEncoded());
      write("redis.key", "PRIVATE KEY", store.getKey(ALIAS, password).getEncoded());
      KeyStore trust = KeyStore.getInstance("PKCS12");
      trust.load(null, null);
      trust.setCertificateEntry(ALIAS, store.getCertificate(ALIAS));
      trust.store(out, password);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void make(Path file) {
    Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
    List<String> command =
        List.of(
            keytool.toString(),
            "-genkeypair",
            "-alias",
            ALIAS,
            "-dname",
            "CN=127.0.0.1",
            "-ext",
            "san=ip:127.0.0.1",
            "-ext",
            "bc=ca:true",
            "-keyalg",
            "EC",
            "-groupname",
            "secp256r1",
            "-validity",
            "2",
            "-storetype",
            "PKCS12",
            "-keystore",
            file.toString(),
            "-storepass",
            PASSWORD);
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes(), UTF_8);
      if (process.onExit().join().exitValue() != 0) {
        throw new IllegalStateException("keytool failed: " + said);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot run " + keytool, e);
    }
  }

  /** Redis reads PEM and no key stores. */
  private void write(String name, String kind, byte[] der) {
    directory.write(
        name,
        List.of(
            "-----BEGIN " + kind + "-----",
            Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der),
            "-----END " + kind + "-----"));
  }

  /** Returns the settings of a server that shows this certificate, and asks clients for none. */
  List<String> settings(int port) {
    String certificate = directory.file("redis.crt").toString();
    String key = directory.file("redis.key").toString();
    return List.of(
        "--tls-port",
        String.valueOf(port),
        "--tls-cert-file",
        certificate,
        "--tls-key-file",
        key,
        "--tls-ca-cert-file",
        certificate,
        "--tls-auth-clients",
        "no");
  }

  /** Returns a trust store of type PKCS12 that holds this certificate and no other. */
  File truststore() {
    return directory.file("trust.p12").toFile();
  }

  void delete() {
    directory.delete();
  }
}
