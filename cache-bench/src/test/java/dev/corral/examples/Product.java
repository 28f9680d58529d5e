package dev.corral.examples;

/** What the examples cache. */
record Product(long id, String name, int stock) {}
