package io.sluice.stress.jcstress.run;

import java.util.List;
import org.openjdk.jcstress.Options;
import org.openjdk.jcstress.infra.runners.TestConfig;
import org.openjdk.jcstress.os.SchedulingClass;

/**
 * One JVM that a test is run in.
 *
 * @param test which
 * @param flags which of jcstress's sets of JVM flags, by its place among them
 * @param arguments these flags
 * @param compilers what each actor is compiled by
 * @param placement where its actors run
 * @param fork how many have run before that are the same
 */
record Job(Suite.Test test, int flags, List<String> arguments, int compilers, SchedulingClass placement, int fork) {

    TestConfig configuration(Options options) {
        return new TestConfig(options, test.info(), fork, arguments, compilers, placement);
    }

    /** A name that it has in each run of the same mode on the same machine. */
    String key() {
        return String.format(
                "%s flags %d compilers %d placement %s fork %d", test.name(), flags, compilers, placement, fork);
    }
}
