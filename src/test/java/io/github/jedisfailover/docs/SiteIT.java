package io.github.jedisfailover.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The pages that the build has made of {@code src/site}. */
class SiteIT {
  private static final Path SITE = Path.of("target/site");
  private static final Pattern LINK = Pattern.compile("(?:href|src)=\"([^\"]*)\"");
  private static final Pattern ANCHOR = Pattern.compile("(?:id|name)=\"([^\"]*)\"");

  @Test
  void eachPageIsMadeAndInTheMenu() throws IOException {
    String index = Files.readString(SITE.resolve("index.html"));
    try (Stream<Path> sources = Files.list(Path.of("src/site/markdown"))) {
      for (Path source : (Iterable<Path>) sources::iterator) {
        String page = source.getFileName().toString().replaceAll("\\.md$", ".html");
        assertThat(SITE.resolve(page)).exists();
        if (!page.equals("index.html")) {
          assertThat(index).as("the menu").contains("href=\"" + page + "\"");
        }
      }
    }
  }

  @Test
  void noLinkIsBroken() throws IOException {
    List<String> broken = new ArrayList<>();
    int links = 0;
    for (Path page : pages()) {
      Matcher link = LINK.matcher(Files.readString(page));
      while (link.find()) {
        links++;
        if (!leadsSomewhere(page, link.group(1).replace("&amp;", "&"))) {
          broken.add(page.getFileName() + " -> " + link.group(1));
        }
      }
    }
    assertThat(broken).isEmpty();
    assertThat(links).isGreaterThan(200);
  }

  /** Nothing is loaded from elsewhere: the site is readable without a network. */
  @Test
  void nothingIsLoadedFromOutside() throws IOException {
    for (Path page : pages()) {
      assertThat(Files.readString(page)).doesNotContainPattern("(?:src|@import)[ =(]*\"?https?://");
    }
  }

  private static List<Path> pages() throws IOException {
    try (Stream<Path> files = Files.list(SITE)) {
      return files.filter(f -> f.toString().endsWith(".html")).toList();
    }
  }

  private static boolean leadsSomewhere(Path page, String link) throws IOException {
    if (link.matches("(https?|mailto|javascript):.*")) {
      return true;
    }
    int hash = link.indexOf('#');
    String file = hash < 0 ? link : link.substring(0, hash);
    Path target = file.isEmpty() ? page : page.resolveSibling(file).normalize();
    if (!Files.isRegularFile(target)) {
      return false;
    }
    return hash < 0
        || link.length() == hash + 1
        || anchors(target).contains(link.substring(hash + 1));
  }

  private static Set<String> anchors(Path page) throws IOException {
    Set<String> anchors = new HashSet<>();
    Matcher anchor = ANCHOR.matcher(Files.readString(page));
    while (anchor.find()) {
      anchors.add(anchor.group(1));
    }
    return anchors;
  }
}
