package dev.corral.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A process that runs a main class of the tests, and what it says. */
public record JavaProcess(Process process, BufferedReader said) implements AutoCloseable {

  public static JavaProcess start(Class<?> main, String... args) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(main.getName());
    command.addAll(List.of(args));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    return new JavaProcess(process, process.inputReader(UTF_8));
  }

  /** Waits until the process has said this. */
  public JavaProcess after(String line) throws IOException {
    String next = said.readLine();
    while (next != null && !next.equals(line)) {
      next = said.readLine();
    }
    assertThat(next).as("what the process said last").isEqualTo(line);
    return this;
  }

  /** Says a line to the process. */
  public void tell(String line) throws IOException {
    Writer to = process.outputWriter(UTF_8);
    to.write(line + System.lineSeparator());
    to.flush();
  }

  /** All that the process says until it ends. */
  public List<String> rest() {
    return said.lines().toList();
  }

  /** Ends the process as SIGKILL does: it can do nothing any more. */
  public void kill() {
    process.destroyForcibly().onExit().join();
  }

  @Override
  public void close() {
    kill();
  }
}
