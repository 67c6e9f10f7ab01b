package io.sluice.benchmarks.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Makes a page, plots and the README's table of a run's JSON. */
@Command(
        name = "report",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Makes a page of HTML, plots and the README's table of the results that --json wrote.")
public final class ReportCommand implements Callable<Integer> {

    @Option(names = "--json", required = true, paramLabel = "FILE", description = "Results to read.")
    private Path json;

    @Option(names = "--html", paramLabel = "FILE", description = "Write a page that needs nothing else.")
    private Path html;

    @Option(names = "--svg", paramLabel = "DIR", description = "Write each plot as a file of its own.")
    private Path svg;

    @Option(
            names = "--readme",
            paramLabel = "FILE",
            description = "Replace table and plots between its marks; the plots go where the results are.")
    private Path readme;

    /** For picocli. */
    public ReportCommand() {}

    @Override
    public Integer call() throws IOException {
        Report report = Report.read(json);
        if (html != null) {
            writePage(report, html);
        }
        if (svg != null) {
            Files.createDirectories(svg);
            for (Map.Entry<String, String> plot : Plots.of(report).entrySet()) {
                Files.writeString(svg.resolve(plot.getKey() + ".svg"), plot.getValue(), StandardCharsets.UTF_8);
            }
        }
        if (readme != null) {
            new Readme(report, readme, json.toAbsolutePath().getParent()).update();
        }
        return 0;
    }

    /** Writes the page of results as the JSON has them. */
    public static void writePage(Map<String, Object> results, Path html) throws IOException {
        writePage(new Report(results), html);
    }

    private static void writePage(Report report, Path html) throws IOException {
        Files.writeString(html, new Page(report, Plots.of(report)).html(), StandardCharsets.UTF_8);
    }
}
