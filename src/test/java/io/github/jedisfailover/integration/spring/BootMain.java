package io.github.jedisfailover.integration.spring;

import io.github.jedisfailover.RedisFailoverClient;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;

/** Started in a process of its own, with a Jedis that is too old for us: plain, then with Boot. */
public final class BootMain {
  private BootMain() {}

  public static void main(String[] args) {
    try {
      RedisFailoverClient.builder();
    } catch (IllegalStateException e) {
      System.out.println("PLAIN " + e.getMessage());
    }
    SpringApplication.run(Application.class, args);
    System.out.println("STARTED");
  }

  @EnableAutoConfiguration
  static class Application {}
}
