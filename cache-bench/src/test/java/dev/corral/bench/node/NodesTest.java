package dev.corral.bench.node;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corral.bench.contender.ContenderKind;
import dev.corral.bench.contender.Limits;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodesTest {

  @Test
  void aNodeThatDiesIsAnErrorWithTheEndOfItsLog(@TempDir Path directory) throws Exception {
    var files = new NodeFiles(directory);
    files.writeKeys(List.of());
    Schedule.of(0, 1, 1, i -> i).write(files.schedule(0));
    var config =
        new NodeConfig(
            0,
            0,
            directory.toString(),
            ContenderKind.NONE,
            new NodeConfig.Database("jdbc:postgresql://127.0.0.1:1/nowhere", "me", "secret"),
            "SELECT ?",
            "",
            0,
            new Limits(1, 1000, 1000, 1000, 1000, 0),
            URI.create("redis://127.0.0.1:1"),
            "test",
            1,
            0,
            1,
            0);

    assertThatThrownBy(() -> Nodes.start(List.of(config)))
        .isInstanceOf(NodeException.class)
        .hasMessageContaining("Node 0 ended with exit code 1; its log ends:")
        .hasMessageContaining("PSQLException");
  }
}
