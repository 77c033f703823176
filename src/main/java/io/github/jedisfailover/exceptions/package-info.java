/**
 * Outcomes as types: what a caller may conclude from a failed call.
 *
 * <p>Imports Jedis exceptions only; all extend {@code JedisConnectionException}, so existing {@code
 * catch} blocks keep working.
 *
 * <p><b>Why</b> types and not messages: "certainly not applied" and "may have been applied" ask for
 * different actions, and a caller must be able to tell them apart without reading text.
 */
package io.github.jedisfailover.exceptions;
