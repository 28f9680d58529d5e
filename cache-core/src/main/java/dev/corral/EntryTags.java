package dev.corral;

import dev.corral.remote.TagMark;
import java.util.List;

/**
 * The tags of an entry.
 *
 * @param marks the tags, and how far their partitions had come before the value was loaded
 * @param eras the eras of these partitions, in the same order, read before anybody was asked
 *     whether the tags still hold
 */
record EntryTags(List<TagMark> marks, List<Era> eras) {

  List<String> names() {
    return marks.stream().map(TagMark::tag).toList();
  }
}
