package io.sluice.stress.jcstress.run;

import io.sluice.stress.jcstress.BrokenTwin;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import org.openjdk.jcstress.infra.TestInfo;
import org.openjdk.jcstress.infra.runners.TestList;

/** The tests that there are: sound ones, which must pass, and broken twins, which must not. */
public final class Suite {

    private Suite() {}

    /**
     * A test.
     *
     * @param info what jcstress knows about it
     * @param twin what it is a twin of; null if it is a sound one
     */
    public record Test(TestInfo info, BrokenTwin twin) {

        private static final String PACKAGE = "io.sluice.stress.jcstress.";

        /** Its class without the package that all have in common. */
        public String name() {
            return info.name().startsWith(PACKAGE) ? info.name().substring(PACKAGE.length()) : info.name();
        }

        /** Whether it is broken. */
        public boolean isTwin() {
            return twin != null;
        }

        /** Whether this machine must show what is broken in it. */
        public boolean mustShow() {
            return isTwin() && (twin.hiddenOnX86().isEmpty() || !isX86());
        }

        private static boolean isX86() {
            String architecture = System.getProperty("os.arch");
            return architecture.equals("amd64") || architecture.equals("x86_64");
        }
    }

    /** All whose names contain a match of {@code filter}, in the order of their names. */
    public static List<Test> matching(Pattern filter) {
        return TestList.tests().stream()
                .map(name -> test(TestList.getInfo(name)))
                .filter(test -> filter.matcher(test.name()).find())
                .sorted(Comparator.comparing(Test::name))
                .toList();
    }

    private static Test test(TestInfo info) {
        try {
            Class<?> type = Class.forName(info.binaryName(), false, Suite.class.getClassLoader());
            return new Test(info, type.getAnnotation(BrokenTwin.class));
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("the list of tests names a class that is not there", e);
        }
    }
}
