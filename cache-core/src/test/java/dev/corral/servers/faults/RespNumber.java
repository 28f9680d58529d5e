package dev.corral.servers.faults;

/** The whole numbers in the headers of RESP. */
final class RespNumber {

  private RespNumber() {}

  /**
   * Parses the digits between two indices.
   *
   * @throws IllegalArgumentException if they are no number
   */
  static long parse(byte[] bytes, int from, int to) {
    boolean negative = from < to && bytes[from] == '-';
    int first = negative ? from + 1 : from;
    // 18 digits fit a long.
    if (first >= to || to - first > 18) {
      throw new IllegalArgumentException("No length in a header of RESP");
    }
    long number = 0;
    for (int i = first; i < to; i++) {
      if (bytes[i] < '0' || bytes[i] > '9') {
        throw new IllegalArgumentException("Not a digit in a header of RESP: " + bytes[i]);
      }
      number = number * 10 + bytes[i] - '0';
    }
    return negative ? -number : number;
  }
}
