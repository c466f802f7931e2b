/** What tengil applied, kept on the target host: load, save, journal, rebuild. */
@NullMarked
package dev.tengil.state;

import org.jspecify.annotations.NullMarked;
