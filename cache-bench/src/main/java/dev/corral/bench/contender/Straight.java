package dev.corral.bench.contender;

/** No cache: every get is a query. */
final class Straight implements Contender {
  private final PageLoader origin;

  Straight(Setup setup) {
    origin = setup.origin();
  }

  @Override
  public Page get(String key) throws Exception {
    return origin.load(key);
  }

  @Override
  public void invalidate(String key) {
    // Holds nothing.
  }

  @Override
  public void close() {
    // Holds nothing.
  }
}
