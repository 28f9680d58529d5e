package dev.corral.history;

/** Decides whether a promise was kept for a key. */
interface Rule {

  void check(KeyHistory key, Findings findings);
}
