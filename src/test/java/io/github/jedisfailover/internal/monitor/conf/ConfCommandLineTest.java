package io.github.jedisfailover.internal.monitor.conf;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfCommandLineTest {
  /** Bars separate arguments. */
  @ParameterizedTest(name = "{0} -> {3}")
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      textBlock =
          """
          `` ~ `` ~ false ~ `` ~ nothing
          f ~ f ~ false ~ `` ~ a file
          f|--port|1 ~ f ~ false ~ `port "1" ` ~ a line
          --port|1|2 ~ `` ~ false ~ `port "1" "2" ` ~ no file
          f|--port 1|--timeout|2 ~ f ~ false ~ `port 1 ;timeout "2" ` ~ name and value in one
          f|--port|--timeout ~ f ~ false ~ `port "--timeout" ` ~ a value may look like an option
          f|--save|--port|1 ~ f ~ false ~ `save "";port "1" ` ~ but not after save
          f|--SAVE ~ f ~ false ~ `SAVE ""` ~ which may come last
          f|--sentinel|--port|1 ~ f ~ false ~ `sentinel ;port "1" ` ~ nor after sentinel
          f|--sentinel|monitor|a b|1 ~ f ~ false ~ `sentinel "monitor" "a b" "1" ` ~ quoted
          f|- ~ f ~ true ~ `` ~ standard input last
          -|--port|1 ~ `` ~ true ~ `port "1" ` ~ or first
          f|-|--port|1 ~ f ~ false ~ `"-" ;port "1" ` ~ not between
          f|x ~ f ~ false ~ `"x" ` ~ a value without an option
          """)
  void becomesLines(
      String arguments, String file, boolean standardInput, String lines, String why) {
    CommandLine line =
        CommandLine.parse(arguments.isEmpty() ? List.of() : List.of(arguments.split("\\|")));
    assertThat(line.file().orElse("")).as(why).isEqualTo(file);
    assertThat(line.standardInput()).as(why).isEqualTo(standardInput);
    assertThat(line.overrides()).as(why).isEqualTo(lines.replace(';', '\n'));
  }
}
