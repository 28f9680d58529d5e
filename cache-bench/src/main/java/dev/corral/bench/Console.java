package dev.corral.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;

/** Where a person looks on: lines that stay, and on a terminal one line that is renewed. */
final class Console {
  private static final Path STANDARD_OUTPUT = Path.of("/proc/self/fd/1");
  private static final String RENEW = "\r\u001b[K";

  private final PrintWriter out;
  private final boolean terminal = outputIsTerminal();
  private boolean renewing;

  Console(PrintWriter out) {
    this.out = out;
  }

  void say(String line) {
    if (renewing) {
      out.print(RENEW);
      renewing = false;
    }
    out.println(line);
  }

  /** Shows what is true just now, in the place of what was true before. */
  void progress(String line) {
    if (terminal) {
      out.print(RENEW + line);
      out.flush();
      renewing = true;
    } else {
      out.println(line);
    }
  }

  /** Java cannot tell on every version; Linux can. Elsewhere lines are not renewed. */
  private static boolean outputIsTerminal() {
    try {
      Path real = STANDARD_OUTPUT.toRealPath();
      return real.startsWith("/dev/pts") || real.startsWith("/dev/tty");
    } catch (IOException e) {
      return false;
    }
  }
}
