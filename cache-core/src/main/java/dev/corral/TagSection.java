package dev.corral;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.corral.remote.TagMark;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The tags within the bytes of an entry:
 *
 * <pre>
 *  0  number of tags, 1 to 64
 *  1  of each: length t (2 bytes), tag in UTF-8, seq (8 bytes)
 * </pre>
 */
final class TagSection {

  private static final int FIXED_BYTES = Short.BYTES + Long.BYTES;

  private final List<TagMark> marks;
  private final int length;

  private TagSection(List<TagMark> marks, int length) {
    this.marks = marks;
    this.length = length;
  }

  List<TagMark> marks() {
    return marks;
  }

  /** Returns how many bytes the section has. */
  int length() {
    return length;
  }

  /** Returns the bytes of tags; none if there are none. */
  static byte[] encode(List<TagMark> marks) {
    if (marks.isEmpty()) {
      return new byte[0];
    }
    List<byte[]> texts = marks.stream().map(mark -> mark.tag().getBytes(UTF_8)).toList();
    int length = 1 + texts.stream().mapToInt(text -> text.length + FIXED_BYTES).sum();
    ByteBuffer out = ByteBuffer.allocate(length).put((byte) marks.size());
    for (int i = 0; i < marks.size(); i++) {
      byte[] text = texts.get(i);
      out.putShort((short) text.length).put(text).putLong(marks.get(i).seq());
    }
    return out.array();
  }

  /** Reads the section that begins at an index, or null if what is there is none. */
  static @Nullable TagSection decode(byte[] bytes, int from) {
    int count = from < bytes.length ? bytes[from] : 0;
    if (count < 1 || count > TagNames.MOST) {
      return null;
    }
    ByteBuffer in = ByteBuffer.wrap(bytes);
    List<TagMark> marks = new ArrayList<>();
    int at = from + 1;
    for (int i = 0; i < count; i++) {
      int length = at + Short.BYTES <= bytes.length ? Short.toUnsignedInt(in.getShort(at)) : 0;
      int end = at + Short.BYTES + length;
      if (length == 0 || length > TagNames.LONGEST || end + Long.BYTES > bytes.length) {
        return null;
      }
      String tag = text(bytes, at + Short.BYTES, length);
      long seq = in.getLong(end);
      if (tag == null || seq < 0 || has(marks, tag)) {
        return null;
      }
      marks.add(new TagMark(tag, seq));
      at = end + Long.BYTES;
    }
    return new TagSection(List.copyOf(marks), at - from);
  }

  /** Reads a tag; null if the bytes are no UTF-8, which do not come back as they were. */
  private static @Nullable String text(byte[] bytes, int at, int length) {
    String tag = new String(bytes, at, length, UTF_8);
    byte[] back = tag.getBytes(UTF_8);
    return Arrays.equals(bytes, at, at + length, back, 0, back.length) ? tag : null;
  }

  private static boolean has(List<TagMark> marks, String tag) {
    // No stream: hostile bytes must not cost more than they weigh.
    for (TagMark mark : marks) {
      if (mark.tag().equals(tag)) {
        return true;
      }
    }
    return false;
  }
}
