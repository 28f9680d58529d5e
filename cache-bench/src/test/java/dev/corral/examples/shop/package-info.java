/** The application of docs/spring.md, apart from the others as it scans its package. */
@NullMarked
package dev.corral.examples.shop;

import org.jspecify.annotations.NullMarked;
