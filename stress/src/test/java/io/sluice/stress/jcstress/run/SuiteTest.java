package io.sluice.stress.jcstress.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.stress.explore.mutants.Mutants;
import io.sluice.stress.jcstress.BrokenTwin;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.infra.StateCase;
import org.openjdk.jcstress.infra.Status;
import org.openjdk.jcstress.infra.TestInfo;
import org.openjdk.jcstress.infra.collectors.TestResult;

/** What the tests promise about themselves, and how their results are judged. */
class SuiteTest {

    private static final int FEWEST = 60;

    private static List<Suite.Test> all() {
        return Suite.matching(Pattern.compile(""));
    }

    private static Suite.Test named(String name) {
        return Suite.matching(Pattern.compile(name + "$")).get(0);
    }

    @Test
    void forbidsWhateverIsNotListed() {
        for (Suite.Test test : all()) {
            StateCase otherwise = test.info().unmatched();
            assertEquals(Expect.FORBIDDEN, otherwise.expect(), test.name());
            assertFalse(otherwise.description().startsWith("No default case provided"), test.name());
            assertFalse(otherwise.description().isBlank(), test.name());
            assertTrue(
                    test.info().cases().stream().allMatch(known -> known.expect() == Expect.ACCEPTABLE), test.name());
        }
    }

    @Test
    void hasEnoughOfThem() {
        long sound = all().stream().filter(test -> !test.isTwin()).count();
        assertTrue(sound >= FEWEST, sound + " tests");
    }

    @Test
    void needsNoMoreThanTwoProcessors() {
        // jcstress skips tests with more actors on a machine with two, and says nothing.
        all().forEach(test -> assertEquals(2, test.info().threads(), test.name()));
    }

    @Test
    void saysOfEachTwinWhatItIsATwinOf() {
        Set<String> sound = all().stream()
                .filter(test -> !test.isTwin())
                .map(test -> test.info().binaryName())
                .collect(Collectors.toSet());
        for (Suite.Test test : all()) {
            assertEquals(test.name().startsWith("broken."), test.isTwin(), test.name());
            if (test.isTwin()) {
                BrokenTwin twin = test.twin();
                assertTrue(sound.contains(twin.of().getName()), test.name());
                TestInfo sibling = named(Pattern.quote(
                                twin.of().getCanonicalName().substring("io.sluice.stress.jcstress.".length())))
                        .info();
                assertEquals(outcomes(sibling), outcomes(test.info()), test.name());
                if (!twin.mutant().isEmpty()) {
                    assertEquals(twin.mutant(), Mutants.named(twin.mutant()).name(), test.name());
                }
                if (!twin.hiddenOnX86().isEmpty()) {
                    assertFalse(twin.mutant().isEmpty(), test.name() + " is seen by nothing on x86");
                }
            }
        }
    }

    private static List<String> outcomes(TestInfo info) {
        return info.cases().stream().map(StateCase::matchPattern).toList();
    }

    @Test
    void countsATestThatDidNotRunAsAFinding() {
        Suite.Test sound = named("suites.SpscPublication.OfferPoll");
        assertEquals(Verdict.Kind.NOT_RUN, new Verdict(sound, null, 0, 1, Duration.ZERO).kind());
        assertEquals(Verdict.Kind.NOT_RUN, verdict(sound, Status.NORMAL).kind());
        assertTrue(Verdict.Kind.NOT_RUN.isFinding());
    }

    @Test
    void wantsSoundTestsCleanAndTwinsNot() {
        Suite.Test sound = named("suites.SpscPublication.OfferPoll");
        Suite.Test twin = named("broken.SpscPublicationTwins.PublishedBeforeCopied");
        assertEquals(Verdict.Kind.PASSED, verdict(sound, Status.NORMAL, "1").kind());
        assertEquals(
                Verdict.Kind.FAILED, verdict(sound, Status.NORMAL, "1", "-9").kind());
        assertEquals(Verdict.Kind.ERROR, verdict(sound, Status.TIMEOUT_ERROR).kind());
        assertEquals(Verdict.Kind.SHOWN, verdict(twin, Status.NORMAL, "1", "-9").kind());
        assertEquals(Verdict.Kind.NOT_SHOWN, verdict(twin, Status.NORMAL, "1").kind());
        assertEquals(Verdict.Kind.ERROR, verdict(twin, Status.TEST_ERROR).kind());
    }

    @Test
    void wantsEveryRunOfASoundTestButOfATwinOnlyOneThatShows() {
        Suite.Test sound = named("suites.SpscPublication.OfferPoll");
        Suite.Test twin = named("broken.SpscPublicationTwins.PublishedBeforeCopied");
        assertEquals(
                Verdict.Kind.INCOMPLETE, verdict(2, sound, Status.NORMAL, "1").kind());
        assertTrue(Verdict.Kind.INCOMPLETE.isFinding());
        assertEquals(Verdict.Kind.FAILED, verdict(2, sound, Status.NORMAL, "-9").kind());
        assertEquals(
                Verdict.Kind.INCOMPLETE, verdict(2, twin, Status.NORMAL, "1").kind());
        assertEquals(Verdict.Kind.SHOWN, verdict(2, twin, Status.NORMAL, "-9").kind());
    }

    private static Verdict verdict(Suite.Test test, Status status, String... states) {
        return verdict(1, test, status, states);
    }

    private static Verdict verdict(int planned, Suite.Test test, Status status, String... states) {
        TestResult result = new TestResult(status) {
            private static final long serialVersionUID = 1;

            @Override
            public String getName() {
                return test.info().name();
            }
        };
        for (String state : states) {
            result.addState(state, 1);
        }
        return new Verdict(test, result, 1, planned, Duration.ZERO);
    }
}
