package dev.corral.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Histories survive being written and read. */
class HistoryFileTest {

  @TempDir Path directory;

  @Test
  void everythingIsReadAsItWasRecorded() throws IOException {
    History history = new History();
    NodeLog node = history.node("a");
    Value value = Value.of("key|with|bars", 3);
    node.beginOrigin(value.key(), 3).done();
    node.begin(Kind.LOAD, value.key()).returned(value.text());
    node.begin(Kind.LOAD, "nothing").absent(7);
    node.begin(Kind.GET, value.key()).from(Source.REMOTE).returned(value.text());
    node.begin(Kind.GET, "nothing").returned(null);
    node.begin(Kind.GET, "wrong").returned("garbage");
    node.begin(Kind.GET, "failing").failed(new IOException());
    node.begin(Kind.GET, "waiting");
    node.beginThreadless(Kind.GET, "future").ended(Outcome.NOTHING);
    node.begin(Kind.PUT, value).ended(Outcome.UNDELIVERED);
    node.begin(Kind.INVALIDATE_ALL, (String) null).done();
    history.everywhere().begin(Kind.REDIS_LOST, (String) null).done();
    Path file = directory.resolve("a.history");

    history.writeTo(file);

    assertThat(HistoryFile.read(List.of(file)))
        .usingRecursiveFieldByFieldElementComparator()
        .isEqualTo(history.operations());
  }

  @Test
  void theFilesOfSeveralProcessesBecomeOneHistory() throws IOException {
    Tale.Node a = new Tale().node("a");
    Tale.Node b = new Tale().node("b");
    a.loads(10, 20, "one").loads(30, 40, "three");
    b.loads(20, 30, "two").loads(40, 50, "four");
    HistoryFile.write(a.and().operations(), directory.resolve("a"));
    HistoryFile.write(b.and().operations(), directory.resolve("b"));

    List<Operation> merged =
        HistoryFile.read(List.of(directory.resolve("a"), directory.resolve("b")));

    assertThat(merged).extracting(Operation::node).containsExactly("a", "b", "a", "b");
    assertThat(merged).isSortedAccordingTo(HistoryFile.BY_BEGIN);
  }

  @Test
  void aFileThatIsCutOffIsRefused() throws IOException {
    Tale.Node a = new Tale().node("a");
    a.loads(10, 20, "one").loads(30, 40, "two");
    Path file = directory.resolve("a");
    HistoryFile.write(a.and().operations(), file);
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 1));

    assertThatExceptionOfType(EOFException.class).isThrownBy(() -> HistoryFile.read(List.of(file)));
  }

  @Test
  void aFileThatIsNoHistoryIsRefused() throws IOException {
    Path file = Files.writeString(directory.resolve("a"), "something else");

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> HistoryFile.read(List.of(file)))
        .withMessageContaining("No history");
  }

  @Test
  void anOperationEndsOnce() {
    Operation get = new History().node("a").begin(Kind.GET, "7");
    get.returned(null);

    assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> get.returned(null));
  }
}
