package dev.corral;

/**
 * A time in which a stale entry is served without another attempt to refresh it.
 *
 * @param until in nanoseconds of the cache's ticker
 * @param failures how many attempts of this process have failed in a row
 */
record RefreshPause(long until, int failures) {

  boolean isOverAt(long now) {
    return now - until >= 0;
  }
}
