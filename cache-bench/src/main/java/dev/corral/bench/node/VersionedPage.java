package dev.corral.bench.node;

import dev.corral.bench.contender.Page;

/**
 * A page whose query reads the version of its row, as the first column.
 *
 * @param version of the row; negative if the page has none, as when the row is not there
 * @param atRest the same page as it was before the row's first change, when its version was 0
 */
record VersionedPage(long version, Page atRest) {
  private static final String BEGIN = "[{\"version\":";
  private static final long NONE = -1;

  static VersionedPage of(Page page) {
    String content = page.content();
    int end = BEGIN.length();
    while (end < content.length() && Character.isDigit(content.charAt(end))) {
      end++;
    }
    if (!content.startsWith(BEGIN) || end == BEGIN.length()) {
      return new VersionedPage(NONE, page);
    }
    return new VersionedPage(
        Long.parseLong(content, BEGIN.length(), end, 10),
        new Page(BEGIN + "0" + content.substring(end), page.loadedAt()));
  }
}
