package dev.corral;

/** The two kinds of cache, of which most promises are the same. */
enum Tiers {
  ONE {
    @Override
    CacheBuilder<Long, String> options(Cluster cluster) {
      return cluster.alone();
    }
  },
  TWO {
    @Override
    CacheBuilder<Long, String> options(Cluster cluster) {
      return cluster.shared();
    }
  };

  abstract CacheBuilder<Long, String> options(Cluster cluster);

  TieredCache<Long, String> open(Cluster cluster) {
    return cluster.open(options(cluster));
  }
}
