package dev.corral.history;

/**
 * What an origin holds: of each key a version, which only grows, and whether there is a value at
 * all. Each call is atomic. Thread-safe, and across processes if several share it.
 */
public interface OriginRows {

  /** What is there of a key; version 0 if nothing ever was. */
  record Row(long version, boolean deleted) {}

  Row read(String key);

  /** Moves a key on to its next version, which is no value if it is to be deleted. */
  long advance(String key, boolean delete);

  /**
   * Moves a key on to a version, with a value, if the one before it is there.
   *
   * @return false if it is not; then nothing has changed
   */
  boolean advanceTo(String key, long version);
}
