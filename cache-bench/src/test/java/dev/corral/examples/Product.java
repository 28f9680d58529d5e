package dev.corral.examples;

import java.io.Serializable;

/** What the examples cache. */
record Product(long id, String name, int stock) implements Serializable {}
