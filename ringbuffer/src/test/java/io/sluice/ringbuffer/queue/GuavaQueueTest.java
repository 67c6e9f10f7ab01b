package io.sluice.ringbuffer.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.common.collect.testing.QueueTestSuiteBuilder;
import com.google.common.collect.testing.TestStringQueueGenerator;
import com.google.common.collect.testing.features.CollectionFeature;
import com.google.common.collect.testing.features.CollectionSize;
import com.google.common.collect.testing.features.Feature;
import com.google.common.collect.testing.testers.CollectionRemoveAllTester;
import com.google.common.collect.testing.testers.CollectionRemoveIfTester;
import com.google.common.collect.testing.testers.CollectionRemoveTester;
import com.google.common.collect.testing.testers.CollectionRetainAllTester;
import io.sluice.api.region.RegionAddress;
import io.sluice.api.ring.RingKind;
import io.sluice.api.ring.RingSpec;
import io.sluice.api.testing.TestDirectory;
import io.sluice.ringbuffer.codec.Codecs;
import java.io.IOException;
import java.lang.reflect.Method;
import java.util.AbstractQueue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.stream.Stream;
import junit.framework.Test;
import junit.framework.TestCase;
import junit.framework.TestFailure;
import junit.framework.TestResult;
import junit.framework.TestSuite;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/**
 * Guava's suite for queues: elements keep their order, null is refused, and every optional operation is there, but for
 * those that a kind of ring does not offer. Its tests are JUnit 3 tests; each becomes a dynamic one here.
 */
@Timeout(300)
class GuavaQueueTest {

    private static final List<Method> FROM_THE_MIDDLE = Stream.<Class<?>>of(
                    CollectionRemoveTester.class,
                    CollectionRemoveAllTester.class,
                    CollectionRetainAllTester.class,
                    CollectionRemoveIfTester.class)
            .flatMap(tester -> Stream.of(tester.getMethods()))
            .filter(method -> method.getName().startsWith("test"))
            .toList();

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

    private SharedBlockingQueue<String> newQueue(RingKind kind) {
        RingSpec ring = RingSpec.of(kind, "unused", 4096)
                .withAddress(RegionAddress.of(directory.path(), "queue-" + queues.size()));
        SharedBlockingQueue<String> queue = SharedBlockingQueue.create(QueueSpec.of(ring, Codecs.strings()));
        queues.add(queue);
        return queue;
    }

    @TestFactory
    Stream<DynamicNode> keepsTheContractOfQueuesOverSpsc() {
        return suite(
                RingKind.SPSC,
                List.of(),
                CollectionFeature.GENERAL_PURPOSE,
                CollectionFeature.SUPPORTS_ITERATOR_REMOVE,
                CollectionFeature.KNOWN_ORDER,
                CollectionSize.ANY);
    }

    @TestFactory
    Stream<DynamicNode> keepsTheContractOfQueuesOverMpsc() {
        return suite(
                RingKind.MPSC,
                List.of(),
                CollectionFeature.GENERAL_PURPOSE,
                CollectionFeature.SUPPORTS_ITERATOR_REMOVE,
                CollectionFeature.KNOWN_ORDER,
                CollectionSize.ANY);
    }

    /**
     * Removes from the front only, and shows nothing that is not taken: the suite looks by taking everything and putting it
     * back.
     */
    @TestFactory
    Stream<DynamicNode> keepsTheContractOfQueuesOverMpmc() {
        return suite(
                RingKind.MPMC,
                FROM_THE_MIDDLE,
                CollectionFeature.SUPPORTS_ADD,
                CollectionFeature.SUPPORTS_REMOVE,
                CollectionFeature.KNOWN_ORDER,
                CollectionSize.ANY);
    }

    private Stream<DynamicNode> suite(RingKind kind, List<Method> without, Feature<?>... features) {
        TestSuite suite = QueueTestSuiteBuilder.using(new TestStringQueueGenerator() {
                    @Override
                    protected Queue<String> create(String[] elements) {
                        SharedBlockingQueue<String> queue = newQueue(kind);
                        for (String element : elements) {
                            queue.add(element);
                        }
                        // This process shall be the one that takes, too: the suite looks at what it put.
                        queue.peek();
                        return kind == RingKind.MPMC ? new Rotating(queue) : queue;
                    }
                })
                .named("SharedBlockingQueue")
                .withFeatures(features)
                .suppressing(without)
                .createTestSuite();
        return Stream.of(node(suite));
    }

    /** A queue that is looked at by taking everything and putting it back. */
    private static final class Rotating extends AbstractQueue<String> {

        private final SharedBlockingQueue<String> queue;

        Rotating(SharedBlockingQueue<String> queue) {
            this.queue = queue;
        }

        private List<String> elements() {
            List<String> elements = new ArrayList<>();
            queue.drainTo(elements);
            queue.addAll(elements);
            return elements;
        }

        @Override
        public Iterator<String> iterator() {
            return Collections.unmodifiableList(elements()).iterator();
        }

        @Override
        public int size() {
            assertEquals(elements().size(), queue.size());
            return queue.size();
        }

        @Override
        public boolean isEmpty() {
            return queue.isEmpty();
        }

        @Override
        public boolean offer(String element) {
            return queue.offer(element);
        }

        @Override
        public boolean add(String element) {
            return queue.add(element);
        }

        @Override
        public boolean addAll(Collection<? extends String> elements) {
            return queue.addAll(elements);
        }

        @Override
        public String poll() {
            return queue.poll();
        }

        @Override
        public String remove() {
            return queue.remove();
        }

        @Override
        public String peek() {
            return queue.peek();
        }

        @Override
        public String element() {
            return queue.element();
        }

        @Override
        public void clear() {
            queue.clear();
        }
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
        assertEquals(1, result.runCount(), test.getName());
    }
}
