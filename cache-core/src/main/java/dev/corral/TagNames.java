package dev.corral;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.corral.codec.KeyText;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** What can be a tag. */
final class TagNames {

  /** How many tags a value may bear. */
  static final int MOST = 64;

  /** How many bytes a tag may have in UTF-8. */
  static final int LONGEST = 256;

  private TagNames() {}

  /**
   * Returns the tag itself.
   *
   * @throws IllegalArgumentException if it is none
   */
  static String check(String tag) {
    int length = KeyText.check(Objects.requireNonNull(tag, "tag")).getBytes(UTF_8).length;
    if (length < 1 || length > LONGEST) {
      throw new IllegalArgumentException(
          "A tag must have from 1 to " + LONGEST + " bytes in UTF-8, not " + length + ": " + tag);
    }
    return tag;
  }

  /**
   * Returns the tags without repetitions.
   *
   * @throws IllegalArgumentException if one of them is none, or there are too many
   */
  static List<String> checkAll(Collection<String> tags) {
    Set<String> distinct = new LinkedHashSet<>();
    tags.forEach(tag -> distinct.add(check(tag)));
    if (distinct.size() > MOST) {
      throw new IllegalArgumentException(
          "A value can bear " + MOST + " tags at most, not " + distinct.size());
    }
    return List.copyOf(distinct);
  }
}
