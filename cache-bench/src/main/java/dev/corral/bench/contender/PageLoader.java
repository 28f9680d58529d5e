package dev.corral.bench.contender;

/** Reads a page from the database; the same one for every contender. */
@FunctionalInterface
public interface PageLoader {
  Page load(String key) throws Exception;
}
