package dev.corral;

/** A step on the way of a miss: comes by the entry itself, or leaves it to the next stage. */
interface Stage<K, V> {

  /**
   * Comes by an entry that the miss {@linkplain Miss#accepts accepts}.
   *
   * @throws CorralException if that fails; an {@link Error} of the loader passes through
   */
  Resolved<V> resolve(Miss<K, V> miss);
}
