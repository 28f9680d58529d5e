package dev.corral.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A step of the protocol as a file beside this class, with what the steps share before it. */
final class LuaScript {

  private static final byte[] COMMON = file("common");
  private static final byte[] IDEMPOTENCY = file("idempotency-common");

  final String name;
  final byte[] source;
  final byte[] sha;

  private LuaScript(String name, byte[] common) {
    this.name = name;
    source = Bytes.concat(common, file(name));
    sha = Bytes.ascii(HexFormat.of().formatHex(sha1(source)));
  }

  static LuaScript load(String name) {
    return new LuaScript(name, COMMON);
  }

  /** Loads a step of idempotency, which shares nothing with those of caches. */
  static LuaScript loadIdempotency(String name) {
    return new LuaScript("idempotency-" + name, IDEMPOTENCY);
  }

  private static byte[] file(String name) {
    try (InputStream in = LuaScript.class.getResourceAsStream(name + ".lua")) {
      if (in == null) {
        throw new IllegalStateException("No " + name + ".lua beside " + LuaScript.class.getName());
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + name + ".lua", e);
    }
  }

  private static byte[] sha1(byte[] source) {
    try {
      return MessageDigest.getInstance("SHA-1").digest(source);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-1", e);
    }
  }
}
