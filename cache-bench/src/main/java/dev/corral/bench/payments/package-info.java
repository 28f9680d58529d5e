/** Payments through processes that fail: each is to be charged once, and none to be lost. */
@NullMarked
package dev.corral.bench.payments;

import org.jspecify.annotations.NullMarked;
