package dev.corral.history;

/** A thread of a node, or what goes on there without a thread of its own. */
record Lane(String node, long thread) {}
