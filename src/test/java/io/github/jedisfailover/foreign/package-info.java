/**
 * Clients that others wrote, on monitors of ours: whoever finds his master through Sentinel finds
 * it here without a change.
 */
package io.github.jedisfailover.foreign;
