package dev.corral.history;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Gives texts numbers: 0 is none, and the first use of a number is followed by its text. */
final class TextTable {

  private final Map<String, Integer> numbers = new HashMap<>();
  private final List<String> texts = new ArrayList<>();

  void write(DataOutput out, @Nullable String text) throws IOException {
    if (text == null) {
      Varint.write(out, 0);
      return;
    }
    Integer known = numbers.putIfAbsent(text, numbers.size() + 1);
    Varint.write(out, known == null ? numbers.size() : known);
    if (known == null) {
      out.writeUTF(text);
    }
  }

  @Nullable String read(DataInput in) throws IOException {
    long number = Varint.read(in);
    if (number == 0) {
      return null;
    }
    if (number == texts.size() + 1) {
      texts.add(in.readUTF());
    }
    if (number < 0 || number > texts.size()) {
      throw new IOException("A text without a first use: " + number);
    }
    return texts.get((int) number - 1);
  }
}
