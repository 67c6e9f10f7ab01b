package io.sluice.stress.storm;

import com.sun.jna.Native;
import com.sun.jna.Platform;
import io.sluice.api.testing.ChildJvm;
import io.sluice.stress.JvmFlags;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/**
 * Starts the processes of a storm, quickly: from jars, with their classes in an archive that the JVM maps instead of
 * loading and verifying them, and with the simple compiler only.
 */
final class Arsenal {

    private final String classPath;
    private final List<String> flags;

    private Arsenal(String classPath, List<String> flags) {
        this.classPath = classPath;
        this.flags = flags;
    }

    /** Makes what is needed in {@code directory}. */
    static Arsenal in(Path directory) throws IOException {
        String jars = asJars(ChildJvm.classPath(), directory);
        List<String> flags = new ArrayList<>(JvmFlags.ofThisVersion());
        flags.addAll(List.of("-Xmx64m", "-Xlog:disable", "-XX:-UsePerfData"));
        // A start runs most things so seldom that compiling them takes longer than they do.
        flags.add("-XX:CompileThresholdScaling=5");
        flags.addAll(forJna(directory));
        Path archive = directory.resolve("classes.jsa");
        List<String> dumping = new ArrayList<>(flags);
        dumping.add("-XX:ArchiveClassesAtExit=" + archive);
        try (ChildJvm rehearsal = ChildJvm.startOn(
                jars, List.of(), dumping, StormChild.class, StormChild.REHEARSAL, directory.toString())) {
            rehearsal.awaitExit();
        }
        if (Files.exists(archive)) {
            flags.add("-XX:SharedArchiveFile=" + archive);
        }
        return new Arsenal(jars, flags);
    }

    /** What spares JNA to unpack its library, and to ask another process where libraries are. */
    private static List<String> forJna(Path directory) throws IOException {
        String library = System.mapLibraryName("jnidispatch");
        try (InputStream packed =
                Native.class.getResourceAsStream("/com/sun/jna/" + Platform.RESOURCE_PREFIX + "/" + library)) {
            if (packed == null) {
                return List.of();
            }
            Files.copy(packed, directory.resolve(library));
        }
        return List.of("-Djna.boot.library.path=" + directory, "-Djna.platform.library.path=" + directory);
    }

    /** A class path without directories, which an archive cannot be made of. */
    private static String asJars(String classPath, Path directory) throws IOException {
        List<String> entries = new ArrayList<>();
        for (String entry : classPath.split(File.pathSeparator, -1)) {
            Path path = Path.of(entry);
            if (Files.isDirectory(path)) {
                Path jar = directory.resolve("classes-" + entries.size() + ".jar");
                pack(path, jar);
                entries.add(jar.toString());
            } else {
                entries.add(entry);
            }
        }
        return String.join(File.pathSeparator, entries);
    }

    private static void pack(Path classes, Path jar) throws IOException {
        try (Stream<Path> files = Files.walk(classes);
                OutputStream out = Files.newOutputStream(jar);
                JarOutputStream archive = new JarOutputStream(out)) {
            for (Path file : new TreeSet<>(files.filter(Files::isRegularFile).toList())) {
                archive.putNextEntry(new JarEntry(classes.relativize(file).toString()));
                Files.copy(file, archive);
                archive.closeEntry();
            }
        }
    }

    ChildJvm start(String... arguments) {
        return ChildJvm.startOn(classPath, List.of(), flags, StormChild.class, arguments);
    }
}
