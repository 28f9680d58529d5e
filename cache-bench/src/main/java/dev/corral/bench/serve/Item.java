package dev.corral.bench.serve;

/** A product as the service hands it out. */
public record Item(long id, String name, int priceCents) {}
