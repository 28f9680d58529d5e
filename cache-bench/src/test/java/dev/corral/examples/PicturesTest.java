package dev.corral.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/** The pictures of the docs stand for themselves: no scripts, and nothing from elsewhere. */
class PicturesTest {

  private static final Path FOLDER = Path.of("../docs/pictures");
  private static final Pattern IMAGE = Pattern.compile("!\\[([^]]*)]\\(([^)\\s]+)\\)");
  private static final Set<String> ALLOWED =
      Set.of(
          "svg",
          "title",
          "style",
          "defs",
          "marker",
          "g",
          "path",
          "line",
          "polyline",
          "polygon",
          "rect",
          "circle",
          "text",
          "tspan");

  @TestFactory
  Stream<DynamicTest> everyPictureOfAPageIsThereAndSaysInWordsWhatItShows() {
    return DocsLinksTest.pages().stream()
        .flatMap(
            page ->
                IMAGE
                    .matcher(DocsLinksTest.read(page))
                    .results()
                    .filter(found -> !found.group(2).startsWith("http"))
                    .map(
                        found ->
                            DynamicTest.dynamicTest(
                                page + " -> " + found.group(2),
                                () -> {
                                  assertThat(page.resolveSibling(found.group(2))).exists();
                                  assertThat(found.group(1)).hasSizeGreaterThan(10);
                                })));
  }

  @Test
  void everyPictureIsShownSomewhere() throws IOException {
    Set<Path> shown =
        DocsLinksTest.pages().stream()
            .flatMap(
                page ->
                    IMAGE
                        .matcher(DocsLinksTest.read(page))
                        .results()
                        .map(found -> page.resolveSibling(found.group(2)).normalize()))
            .collect(Collectors.toSet());

    assertThat(pictures()).isNotEmpty().allMatch(picture -> shown.contains(picture.normalize()));
  }

  @TestFactory
  Stream<DynamicTest> everyPictureIsPlain() throws IOException {
    return pictures().stream()
        .map(
            picture ->
                DynamicTest.dynamicTest(
                    picture.getFileName().toString(), () -> assertPlain(picture)));
  }

  private static void assertPlain(Path picture) throws Exception {
    Document svg = parse(picture);
    List<Element> elements = elements(svg);

    assertThat(svg.getDocumentElement().getTagName()).isEqualTo("svg");
    assertThat(svg.getDocumentElement().getAttribute("viewBox")).isNotEmpty();
    assertThat(nameOf(svg)).isNotBlank();
    assertThat(elements).extracting(Element::getTagName).allMatch(ALLOWED::contains);
    assertThat(elements)
        .flatExtracting(PicturesTest::attributes)
        .noneMatch(name -> name.startsWith("on") || name.endsWith("href") || name.equals("src"));
    assertThat(Files.readString(picture))
        .contains("prefers-color-scheme: dark")
        .doesNotContain("@import", "url(http", "url(data", "url(//", "javascript:", "font-face");
  }

  /** What is read to those who do not see it. */
  private static String nameOf(Document svg) {
    Node title = svg.getElementsByTagName("title").item(0);
    return title == null
        ? svg.getDocumentElement().getAttribute("aria-label")
        : title.getTextContent();
  }

  private static Document parse(Path picture) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
    factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
    return factory.newDocumentBuilder().parse(picture.toFile());
  }

  private static List<Element> elements(Document document) {
    NodeList all = document.getElementsByTagName("*");
    return IntStream.range(0, all.getLength()).mapToObj(i -> (Element) all.item(i)).toList();
  }

  private static List<String> attributes(Element element) {
    NamedNodeMap all = element.getAttributes();
    return IntStream.range(0, all.getLength()).mapToObj(i -> all.item(i).getNodeName()).toList();
  }

  private static List<Path> pictures() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.sorted().toList();
    }
  }
}
