package dev.corral;

import dev.corral.remote.TagMark;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What this node knew of all partitions at one time. Taken before a load, since the tags of a value
 * are only known after it, and those that are invalidated in between must be found void.
 */
final class Moment {

  private final long[] reached;
  private final int[] eras;

  Moment(long[] reached, int[] eras) {
    this.reached = reached;
    this.eras = eras;
  }

  /** Returns the tags of what is loaded from now on; null if there are none. */
  @Nullable EntryTags tags(List<String> names) {
    if (names.isEmpty()) {
      return null;
    }
    List<TagMark> marks = new ArrayList<>(names.size());
    List<Era> present = new ArrayList<>(names.size());
    for (String name : names) {
      int partition = Trust.partitionOf(name, eras.length);
      marks.add(new TagMark(name, reached[partition]));
      present.add(new Era(eras[partition]));
    }
    return new EntryTags(List.copyOf(marks), List.copyOf(present));
  }
}
