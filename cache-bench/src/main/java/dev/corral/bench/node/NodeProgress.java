package dev.corral.bench.node;

/**
 * How far one node, or all nodes together, have come.
 *
 * @param done whether nothing will follow
 */
public record NodeProgress(boolean done, long gets, long loads, long errors) {
  static final NodeProgress NOTHING = new NodeProgress(false, 0, 0, 0);

  static NodeProgress parse(String answer) {
    if (answer.equals("done")) {
      return NOTHING.finished();
    }
    String[] words = answer.split(" ", -1);
    if (words.length != 4 || !words[0].equals("progress")) {
      throw new NodeException("Not a node's progress: " + answer);
    }
    return new NodeProgress(
        false, Long.parseLong(words[1]), Long.parseLong(words[2]), Long.parseLong(words[3]));
  }

  NodeProgress finished() {
    return new NodeProgress(true, gets, loads, errors);
  }

  NodeProgress plus(NodeProgress other) {
    return new NodeProgress(
        done && other.done, gets + other.gets, loads + other.loads, errors + other.errors);
  }
}
