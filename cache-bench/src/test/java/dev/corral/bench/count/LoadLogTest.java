package dev.corral.bench.count;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadLogTest {

  @Test
  void whatIsWrittenIsRead(@TempDir Path directory) throws Exception {
    var events =
        List.of(
            new LoadEvent(2, 71, 5, -3, Long.MAX_VALUE, true), new LoadEvent(0, 1, 0, 1, 2, false));

    LoadLog.write(directory.resolve("loads"), events);

    assertThat(LoadLog.read(directory.resolve("loads"))).isEqualTo(events);
  }
}
