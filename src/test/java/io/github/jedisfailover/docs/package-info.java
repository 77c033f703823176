/**
 * The documents tell the truth: their links lead somewhere, their commands and names exist.
 *
 * <p><b>Why</b> tests for text: nobody reads a page again when the code under it changes.
 */
package io.github.jedisfailover.docs;
