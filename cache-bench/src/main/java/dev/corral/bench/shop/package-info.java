/** The database under test: a generated shop, or the reader's own tables. */
@NullMarked
package dev.corral.bench.shop;

import org.jspecify.annotations.NullMarked;
