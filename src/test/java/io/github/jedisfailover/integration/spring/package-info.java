/** The Spring Boot integration: settings, real servers, the sample, a Jedis that is too old. */
package io.github.jedisfailover.integration.spring;
