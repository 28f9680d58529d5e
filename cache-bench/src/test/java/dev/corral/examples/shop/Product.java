package dev.corral.examples.shop;

/** What the shop caches. */
record Product(long id, String name, int stock) {}
