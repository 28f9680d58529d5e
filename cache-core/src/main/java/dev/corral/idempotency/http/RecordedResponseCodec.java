package dev.corral.idempotency.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.corral.codec.Codec;
import dev.corral.codec.CodecException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The bytes of a response, version 1:
 *
 * <pre>
 * 1  status(2)  count(2)  { length(2) name, length(2) value } for each header  body
 * </pre>
 *
 * <p>The version is one byte, lengths are big-endian and count the bytes of ISO 8859-1, the body is
 * all that is left. Headers that are not replayed are left out; names are in small letters and in
 * order, so that a response has the same bytes however a server arranges them.
 */
final class RecordedResponseCodec implements Codec<RecordedResponse> {

  private static final byte VERSION = 1;
  private static final int FIXED_BYTES = 1 + 2 * Short.BYTES;

  /** More than what a response has in bytes besides its body. */
  static final int MOST_HEAD_BYTES =
      FIXED_BYTES
          + RecordedResponse.MAX_HEADERS * 2 * Short.BYTES
          + RecordedResponse.MAX_HEADER_CHARS;

  private final UnreplayedHeaders unreplayed;

  RecordedResponseCodec(UnreplayedHeaders unreplayed) {
    this.unreplayed = unreplayed;
  }

  @Override
  public String name() {
    return "http-response";
  }

  @Override
  public byte[] encode(RecordedResponse response) {
    List<RecordedResponse.Header> headers = response.canonical(unreplayed).headers();
    byte[] body = response.body();
    int bytes = FIXED_BYTES + body.length;
    for (RecordedResponse.Header header : headers) {
      bytes += 2 * Short.BYTES + header.name().length() + header.value().length();
    }
    ByteBuffer out =
        ByteBuffer.allocate(bytes)
            .put(VERSION)
            .putShort((short) response.status())
            .putShort((short) headers.size());
    for (RecordedResponse.Header header : headers) {
      write(out, header.name());
      write(out, header.value());
    }
    return out.put(body).array();
  }

  private static void write(ByteBuffer out, String text) {
    out.putShort((short) text.length()).put(text.getBytes(ISO_8859_1));
  }

  @Override
  public RecordedResponse decode(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    try {
      byte version = in.get();
      if (version != VERSION) {
        throw new CodecException("version " + version + " of a response is not known");
      }
      int status = Short.toUnsignedInt(in.getShort());
      int count = Short.toUnsignedInt(in.getShort());
      if (count > RecordedResponse.MAX_HEADERS) {
        throw new CodecException("a response has too many headers: " + count);
      }
      List<RecordedResponse.Header> headers = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        headers.add(new RecordedResponse.Header(read(in), read(in)));
      }
      byte[] body = new byte[in.remaining()];
      in.get(body);
      return RecordedResponse.of(status, headers, body);
    } catch (BufferUnderflowException e) {
      throw new CodecException("a response is cut off", e);
    } catch (IllegalArgumentException e) {
      throw new CodecException("a response is none: " + e.getMessage(), e);
    }
  }

  private static String read(ByteBuffer in) {
    int length = Short.toUnsignedInt(in.getShort());
    if (length > in.remaining()) {
      throw new CodecException("a length in a response is wrong");
    }
    byte[] text = new byte[length];
    in.get(text);
    return new String(text, ISO_8859_1);
  }
}
