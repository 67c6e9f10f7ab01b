package io.sluice.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README and the pages of docs/ speak of code that is there: their Java compiles, their names and links exist. */
class DocumentationTest {

    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)\\)");
    private static final Pattern MEMBER = Pattern.compile("`([A-Z]\\w+)\\.(\\w+)(?:/(\\w+))?[^`\n]*`");
    private static final Set<String> CLASSES_OF_THE_JDK = Set.of("VarHandle", "Iterator", "Thread");

    /** What the README's fragments take for granted. */
    private static final String AROUND = """
            import static java.nio.charset.StandardCharsets.UTF_8;
            import io.sluice.api.codec.*;
            import io.sluice.api.lock.*;
            import io.sluice.api.ring.*;
            import io.sluice.ringbuffer.codec.*;
            import io.sluice.ringbuffer.queue.*;
            import io.sluice.ringbuffer.stream.*;
            import io.sluice.ringbuffer.worker.*;
            import java.time.Duration;

            abstract class Fragment%d {
                static final Duration ONE_SECOND = Duration.ofSeconds(1);
                static final Duration TEN_SECONDS = Duration.ofSeconds(10);
                static final Duration EIGHT_HOURS = Duration.ofHours(8);
                long price;
                long quantity;
                abstract void handle(Message message);
                abstract void ship(String order);
                abstract void repair();
                abstract void change();

                void run() throws Exception {
            %s
                }
            }
            """;

    @TempDir
    private Path classes;

    private static List<Path> pages() throws IOException {
        try (Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
            return Stream.concat(Stream.of(ROOT.resolve("README.md")), docs.filter(page -> page.toString()
                            .endsWith(".md")))
                    .toList();
        }
    }

    private static List<MatchResult> find(Pattern pattern, Path page) throws IOException {
        return pattern.matcher(Files.readString(page)).results().toList();
    }

    @Test
    void theReadmesJavaCompiles() throws IOException {
        List<JavaFileObject> fragments = new ArrayList<>();
        for (MatchResult fragment : find(JAVA, ROOT.resolve("README.md"))) {
            String source = AROUND.formatted(fragments.size(), fragment.group(1));
            fragments.add(new InMemory("Fragment" + fragments.size(), source));
        }
        assertTrue(fragments.size() >= 5, "found only " + fragments.size());
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter said = new StringWriter();
        List<String> options =
                List.of("-proc:none", "-d", classes.toString(), "-cp", System.getProperty("java.class.path"));
        assertTrue(compiler.getTask(said, null, null, options, null, fragments).call(), said::toString);
    }

    @Test
    void everyLinkLeadsToAFile() throws IOException {
        for (Path page : pages()) {
            for (MatchResult link : find(LINK, page)) {
                assertTrue(Files.exists(page.resolveSibling(link.group(1))), page + " links to " + link.group(1));
            }
        }
    }

    @Test
    void everyMemberThatIsNamedExists() throws IOException {
        Map<String, String> sources = sources();
        List<String> missing = new ArrayList<>();
        int found = 0;
        for (Path page : pages()) {
            for (MatchResult member : find(MEMBER, page)) {
                if (CLASSES_OF_THE_JDK.contains(member.group(1))) {
                    continue;
                }
                found++;
                String source = sources.getOrDefault(member.group(1), "");
                for (int name = 2; name <= member.groupCount(); name++) {
                    if (member.group(name) != null && !hasWord(source, member.group(name))) {
                        missing.add(ROOT.relativize(page) + ": " + member.group());
                    }
                }
            }
        }
        assertEquals(List.of(), missing);
        assertTrue(found > 50, "found only " + found);
    }

    private static boolean hasWord(String source, String word) {
        Matcher matcher = Pattern.compile("\\b" + word + "\\b").matcher(source);
        return matcher.find();
    }

    /** The sources of all modules by the names of their classes; of classes of the same name, all. */
    private static Map<String, String> sources() throws IOException {
        Map<String, String> sources = new HashMap<>();
        try (Stream<Path> modules = Files.list(ROOT)) {
            for (Path module : modules.map(path -> path.resolve("src"))
                    .filter(Files::isDirectory)
                    .toList()) {
                try (Stream<Path> files = Files.walk(module)) {
                    files.filter(file -> file.toString().endsWith(".java"))
                            .forEach(file -> sources.merge(
                                    file.getFileName().toString().replace(".java", ""), read(file), String::concat));
                }
            }
        }
        return sources;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class InMemory extends SimpleJavaFileObject {

        private final String source;

        InMemory(String name, String source) {
            super(URI.create("memory:///" + name + ".java"), Kind.SOURCE);
            this.source = source;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return source;
        }
    }
}
