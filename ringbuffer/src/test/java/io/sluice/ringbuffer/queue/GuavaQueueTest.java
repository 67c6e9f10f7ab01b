package io.sluice.ringbuffer.queue;

import com.google.common.collect.testing.QueueTestSuiteBuilder;
import com.google.common.collect.testing.TestStringQueueGenerator;
import com.google.common.collect.testing.features.CollectionFeature;
import com.google.common.collect.testing.features.CollectionSize;
import io.sluice.api.region.RegionAddress;
import io.sluice.api.ring.RingSpec;
import io.sluice.api.testing.TestDirectory;
import io.sluice.ringbuffer.codec.Codecs;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.stream.Stream;
import junit.framework.Test;
import junit.framework.TestCase;
import junit.framework.TestFailure;
import junit.framework.TestResult;
import junit.framework.TestSuite;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/**
 * Guava's suite for queues: every optional operation is there, elements keep their order, null is refused. Its tests are
 * JUnit 3 tests; each becomes a dynamic one here.
 */
@Timeout(300)
class GuavaQueueTest {

    private TestDirectory directory;
    private final List<SharedBlockingQueue<String>> queues = new ArrayList<>();

    @BeforeEach
    void createDirectory() throws IOException {
        directory = TestDirectory.create();
    }

    @AfterEach
    void removeQueues() throws IOException {
        closeQueues();
        directory.close();
    }

    private void closeQueues() {
        for (SharedBlockingQueue<String> queue : queues) {
            queue.region().destroy();
            queue.close();
        }
        queues.clear();
    }

    private SharedBlockingQueue<String> newQueue() {
        RingSpec ring =
                RingSpec.spsc("unused", 4096).withAddress(RegionAddress.of(directory.path(), "queue-" + queues.size()));
        SharedBlockingQueue<String> queue = SharedBlockingQueue.create(QueueSpec.of(ring, Codecs.strings()));
        queues.add(queue);
        return queue;
    }

    @TestFactory
    Stream<DynamicNode> keepsTheContractOfQueues() {
        TestSuite suite = QueueTestSuiteBuilder.using(new TestStringQueueGenerator() {
                    @Override
                    protected Queue<String> create(String[] elements) {
                        SharedBlockingQueue<String> queue = newQueue();
                        for (String element : elements) {
                            queue.add(element);
                        }
                        // This process shall be the one that takes, too: the suite looks at what it put.
                        queue.peek();
                        return queue;
                    }
                })
                .named("SharedBlockingQueue")
                .withFeatures(
                        CollectionFeature.GENERAL_PURPOSE,
                        CollectionFeature.SUPPORTS_ITERATOR_REMOVE,
                        CollectionFeature.KNOWN_ORDER,
                        CollectionSize.ANY)
                .createTestSuite();
        return Stream.of(node(suite));
    }

    private DynamicNode node(Test test) {
        if (test instanceof TestSuite suite) {
            return DynamicContainer.dynamicContainer(
                    suite.getName(), Collections.list(suite.tests()).stream().map(this::node));
        }
        TestCase testCase = (TestCase) test;
        return DynamicTest.dynamicTest(testCase.getName(), () -> run(testCase));
    }

    private void run(TestCase test) {
        TestResult result = new TestResult();
        try {
            test.run(result);
        } finally {
            closeQueues();
        }
        for (TestFailure failure : Collections.list(result.failures())) {
            throw new AssertionError(test.getName(), failure.thrownException());
        }
        for (TestFailure error : Collections.list(result.errors())) {
            throw new AssertionError(test.getName(), error.thrownException());
        }
        Assertions.assertEquals(1, result.runCount(), test.getName());
    }
}
