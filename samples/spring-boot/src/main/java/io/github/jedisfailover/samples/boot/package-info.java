/** A Spring Boot service whose Redis may die. */
package io.github.jedisfailover.samples.boot;
