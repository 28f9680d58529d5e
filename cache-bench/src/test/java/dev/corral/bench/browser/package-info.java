/** A real browser, driven over the DevTools protocol, that looks at the pages of the program. */
@NullMarked
package dev.corral.bench.browser;

import org.jspecify.annotations.NullMarked;
