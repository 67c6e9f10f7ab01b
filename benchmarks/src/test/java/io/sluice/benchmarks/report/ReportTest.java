package io.sluice.benchmarks.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import io.sluice.benchmarks.transport.Transport;
import io.sluice.benchmarks.transport.Transports;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

class ReportTest {

    private static final Set<String> PLOTS =
            Set.of("throughput", "round-trip", "wake", "load", "scaling", "capacity", "recovery");

    private static Map<String, Object> figure(double median) {
        return Map.of("median", median, "min", median / 2, "max", median * 2);
    }

    private static Map<String, Object> row(
            String measure, String transport, int bytes, String shape, String detail, Map<String, Object> figures) {
        return Map.of(
                "measure", measure,
                "transport", transport,
                "setting", "how " + transport + " is <set> & used",
                "bytes", bytes,
                "shape", shape,
                "detail", detail,
                "figures", figures);
    }

    private static Map<String, Object> stream(double perSecond, int bytes) {
        return Map.of(
                "messages_per_second", figure(perSecond),
                "bytes_per_second", figure(perSecond * bytes),
                "memcpy_percent", figure(12),
                "cpu_seconds_per_million", figure(0.5),
                "sender_bytes_per_message", figure(0),
                "receiver_bytes_per_message", figure(16));
    }

    private static Map<String, Object> latencies(double nanos) {
        return Map.of(
                "p50_nanos", figure(nanos),
                "p90_nanos", figure(2 * nanos),
                "p99_nanos", figure(5 * nanos),
                "p999_nanos", figure(50 * nanos),
                "p9999_nanos", figure(500 * nanos));
    }

    private static Map<String, Object> ratio(String title, boolean met) {
        return Map.of("title", title, "measured", figure(3), "at_least", 2, "met", met);
    }

    /** What a run with every measure writes. */
    private static Map<String, Object> everything() {
        List<Object> rows = new ArrayList<>();
        for (String transport : List.of("sluice-spsc", "agrona", "fifo")) {
            for (int bytes : new int[] {32, 1024, 1 << 20}) {
                rows.add(row("THROUGHPUT", transport, bytes, "1:1", "", stream(1e8 / bytes, bytes)));
            }
            rows.add(row("CAPACITY", transport, 32, "1:1", "64 KiB", stream(1e6, 32)));
            rows.add(row("CAPACITY", transport, 32, "1:1", "1024 KiB", stream(2e6, 32)));
            rows.add(row("ROUND_TRIP", transport, 32, "1:1", "", latencies(300)));
            rows.add(row("LOAD", transport, 32, "1:1", "10 %", latencies(400)));
            rows.add(row("LOAD", transport, 32, "1:1", "90 %", latencies(4000)));
        }
        rows.add(row("THROUGHPUT", "sluice-mpsc", 32, "1:1", "", stream(6e7, 32)));
        rows.add(row("THROUGHPUT", "sluice-mpsc", 32, "4:1", "", stream(3e7, 32)));
        rows.add(row("COPY", "memcpy", 32, "1:1", "", stream(1e8, 32)));
        rows.add(row("COPY", "memcpy", 1 << 20, "1:1", "", stream(1e4, 1 << 20)));
        for (String transport : List.of("sluice-spsc-block", "fifo")) {
            rows.add(row("WAKE", transport, 32, "1:1", "10 us", latencies(3000)));
            rows.add(row("WAKE", transport, 32, "1:1", "1000 us", latencies(40_000)));
        }
        rows.add(row("ATTACH", "sluice-spsc", 32, "1:1", "", latencies(250_000)));
        Map<String, Object> results = new LinkedHashMap<>();
        results.put("machine", Map.of("cpu", "one <quick> & quiet processor"));
        results.put("versions", Map.of("agrona", "1"));
        results.put("settings", Map.of("forks", 5));
        results.put("noise", List.of("somebody <else> was here"));
        results.put("failures", List.of("a row: codes [3, <0>]"));
        results.put("rows", rows);
        results.put("ratios", List.of(ratio("this by that", true), ratio("that by this", false)));
        results.put("locks", locks());
        results.put(
                "recovery",
                Map.of(
                        "rows",
                        List.of(recovery("mutex", List.of(3.2, 3.9, 4.1, 48.0)), recovery("spsc", List.of(2.1, 3.0)))));
        return results;
    }

    private static Map<String, Object> locks() {
        List<Object> rows = new ArrayList<>();
        for (String measure : List.of("UNCONTENDED", "HAND_OVER", "SLEEPER", "IDLE")) {
            rows.add(Map.of(
                    "measure",
                    measure,
                    "lock",
                    "sluice-mutex",
                    "waits",
                    "BLOCK",
                    "setting",
                    "what " + measure + " is",
                    "figures",
                    Map.of(
                            "nanos_per_turn", figure(20),
                            "p50_nanos", figure(40_000),
                            "thread_millis_per_second", figure(6))));
        }
        return Map.of(
                "rows",
                rows,
                "ratios",
                List.of(Map.of("title", "lock by lock", "measured", figure(1), "at_most", 2, "met", true)));
    }

    private static Map<String, Object> recovery(String kind, List<Double> millis) {
        return Map.of(
                "kind",
                kind,
                "what",
                "what happens to " + kind,
                "count",
                millis.size(),
                "p50_millis",
                3.0,
                "p90_millis",
                4.0,
                "p99_millis",
                5.0,
                "p100_millis",
                6.0,
                "millis",
                millis);
    }

    private static String page(Map<String, Object> results) {
        Report report = new Report(results);
        return new Page(report, Plots.of(report)).html();
    }

    private static Document parse(String text) throws ParserConfigurationException, IOException, SAXException {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
        return factory.newDocumentBuilder().parse(new InputSource(new StringReader(text)));
    }

    private static List<String> texts(Document page, String element) {
        NodeList nodes = page.getElementsByTagName(element);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            texts.add(nodes.item(i).getTextContent());
        }
        return texts;
    }

    @Test
    void isWellFormedAndHasEveryRow() throws Exception {
        Map<String, Object> results = everything();
        Document page = parse(page(results));
        List<String> cells = texts(page, "td");
        for (Object entry : (List<?>) results.get("rows")) {
            Map<?, ?> row = (Map<?, ?>) entry;
            String setting = row.get("setting").toString();
            assertTrue(cells.contains(setting), setting);
        }
        // Besides: ratios, locks and their ratio, recoveries, and the machine, its versions and the settings.
        int expectedLines = ((List<?>) results.get("rows")).size() + 2 + 4 + 1 + 2 + 3;
        assertEquals(expectedLines, texts(page, "tr").size() - headings(page));
        assertTrue(cells.contains("what happens to mutex"));
        assertTrue(cells.contains("what SLEEPER is"));
        assertTrue(cells.contains("one <quick> & quiet processor"));
    }

    /** Lines that hold headings instead of cells. */
    private static int headings(Document page) {
        NodeList lines = page.getElementsByTagName("tr");
        int heads = 0;
        for (int i = 0; i < lines.getLength(); i++) {
            if (lines.item(i).getFirstChild().getNodeName().equals("th")) {
                heads++;
            }
        }
        return heads;
    }

    @Test
    void hasEveryPlotWithTitlesAtBothAxes() throws Exception {
        Document page = parse(page(everything()));
        NodeList figures = page.getElementsByTagName("figure");
        List<String> names = new ArrayList<>();
        for (int i = 0; i < figures.getLength(); i++) {
            names.add(figures.item(i).getAttributes().getNamedItem("id").getNodeValue());
            assertTrue(((org.w3c.dom.Element) figures.item(i))
                            .getElementsByTagName("text")
                            .getLength()
                    > 4);
        }
        assertEquals(PLOTS, Set.copyOf(names));
    }

    @Test
    void saysWhatFailedAndWasMeasuredOnceMore() throws Exception {
        String failed = "a row: codes [3, <0>]";
        assertTrue(
                parse(page(everything())).getDocumentElement().getTextContent().contains(failed));
        Map<String, Object> without = everything();
        without.remove("failures");
        assertFalse(page(without).contains("once more"));
    }

    @Test
    void needsNothingElse() {
        String page = page(everything()).replace("xmlns=\"http://www.w3.org/2000/svg\"", "");
        for (String reference : List.of("http", "src=", "href", "url(", "@import", "<script", "<link")) {
            assertFalse(page.contains(reference), reference);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"rows", "ratios", "locks", "recovery", "machine", "versions", "settings", "noise", "failures"})
    void isReadableWithoutPartsOfIt(String part) throws Exception {
        Map<String, Object> without = everything();
        without.remove(part);
        Map<String, Object> alone = new LinkedHashMap<>(everything());
        alone.keySet().retainAll(Set.of(part));
        for (Map<String, Object> results : List.of(without, alone)) {
            String text = parse(page(results)).getDocumentElement().getTextContent();
            assertFalse(text.contains("NaN") || text.contains("null"), text);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"COPY", "THROUGHPUT", "CAPACITY", "ROUND_TRIP", "LOAD", "WAKE", "ATTACH"})
    void isReadableWithOneMeasureOnly(String measure) throws Exception {
        Map<String, Object> results = everything();
        results.put(
                "rows",
                ((List<?>) results.get("rows"))
                        .stream()
                                .filter(row -> ((Map<?, ?>) row).get("measure").equals(measure))
                                .toList());
        String text = parse(page(results)).getDocumentElement().getTextContent();
        assertFalse(text.contains("NaN") || text.contains("null"), text);
    }

    @Test
    void saysWherePipesAreAsGood() {
        List<String> sentences = Verdict.sentences(new Report(everything()));
        assertTrue(
                sentences.stream().anyMatch(text -> text.contains("FIFO is as good as shared memory")),
                sentences::toString);
    }

    @Test
    void hasATitleForEveryTransport() {
        List<String> untitled = Transports.all().stream()
                .map(Transport::name)
                .filter(name -> !Titles.knows(name))
                .toList();
        assertEquals(List.of(), untitled);
    }

    @Test
    void writesTableAndPlotsOfAReadme(@TempDir Path directory) throws Exception {
        Path plots = Files.createDirectories(directory.resolve("docs/performance"));
        Path json = plots.resolve("full.json");
        Files.writeString(json, JSON.std.asString(everything()));
        Path readme = directory.resolve("README.md");
        Files.writeString(readme, "before\n<!-- bench:begin -->\nold\n<!-- bench:end -->\nafter\n");
        new Readme(Report.read(json), readme, plots).update();
        String text = Files.readString(readme);
        assertTrue(text.startsWith("before\n<!-- bench:begin -->\n| | Sluice SPSC | "), text);
        assertTrue(text.endsWith("<!-- bench:end -->\nafter\n"), text);
        assertFalse(text.contains("old"), text);
        assertTrue(text.contains("](docs/performance/throughput.svg)"), text);
        assertTrue(text.contains("](docs/performance/round-trip.svg)"), text);
        for (String plot : List.of("throughput.svg", "round-trip.svg")) {
            assertEquals(
                    "svg",
                    parse(Files.readString(plots.resolve(plot)))
                            .getDocumentElement()
                            .getNodeName());
        }
    }

    @Test
    void leavesAReadmeWithoutMarksAlone(@TempDir Path directory) throws Exception {
        Path readme = directory.resolve("README.md");
        Files.writeString(readme, "no marks\n");
        Readme update = new Readme(new Report(everything()), readme, directory);
        assertThrows(IllegalArgumentException.class, update::update);
        assertEquals("no marks\n", Files.readString(readme));
        try (Stream<Path> files = Files.list(directory)) {
            assertEquals(1, files.count());
        }
    }
}
