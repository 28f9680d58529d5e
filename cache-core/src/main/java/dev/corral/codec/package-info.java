/** How keys and values become text and bytes, and back: named by the user, never by the bytes. */
@NullMarked
package dev.corral.codec;

import org.jspecify.annotations.NullMarked;
