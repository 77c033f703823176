/**
 * What is told of one client from outside: health, figures, the dump for a bug report.
 *
 * <p>Imports {@code execution}, {@code pool}, {@code probe}, {@code lag}, {@code source}, {@code
 * runtime}, {@code config}, {@code event}, {@code health}, {@code metrics} and {@code topology}.
 *
 * <p><b>Why</b> all of it reads what others keep anyway and asks no server: whoever looks at a
 * client in trouble must not wait for what it waits for.
 */
package io.github.jedisfailover.internal.observe;
