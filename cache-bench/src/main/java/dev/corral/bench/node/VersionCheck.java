package dev.corral.bench.node;

import dev.corral.bench.contender.Page;
import dev.corral.bench.history.ReadLog;

/**
 * Notes the version that each get read, and has the rest of the page checked as if its row had
 * never changed.
 */
final class VersionCheck implements PageCheck {
  private final ReadLog reads;
  private final PageCheck rest;

  VersionCheck(ReadLog reads, PageCheck rest) {
    this.reads = reads;
    this.rest = rest;
  }

  @Override
  public void check(int get, long dueAt, int key, Page page, long askedAt) {
    VersionedPage versioned = VersionedPage.of(page);
    reads.note(get, key, versioned.version(), askedAt, page.loadedAt());
    rest.check(get, dueAt, key, versioned.atRest(), askedAt);
  }
}
