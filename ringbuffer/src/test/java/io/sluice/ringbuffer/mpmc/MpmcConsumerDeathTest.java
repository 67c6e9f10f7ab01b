package io.sluice.ringbuffer.mpmc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.memory.RegionMemory;
import io.sluice.api.ring.RingConsumer;
import io.sluice.api.testing.DyingMemory;
import io.sluice.api.testing.KillPoint;
import io.sluice.api.testing.KillPoints;
import io.sluice.api.testing.KillTrial;
import io.sluice.ringbuffer.lane.LaneLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A consumer killed at every access of every operation, and then another one that cleans up behind it: what was not
 * acknowledged comes again to somebody, marked if it may have been begun, and what was acknowledged does not.
 */
@Timeout(600)
class MpmcConsumerDeathTest {

    /** Of the victim's deaths, every so many-th is combined with all of the heir's, from a random one on; 1: each. */
    private static final int EVERY = Integer.getInteger("sluice.test.everyDeath", 24);

    private static final long SEED = Long.getLong("sluice.test.seed", System.nanoTime());
    private static final Random CHOICE = new Random(SEED);

    @BeforeAll
    static void tellSeed() {
        System.out.println("MpmcConsumerDeathTest seed " + SEED);
    }

    /** What a consumer was doing. */
    private record Operation(String name, Action action) {
        @Override
        public String toString() {
            return name;
        }
    }

    private interface Action {
        void run(Scene scene, MpmcConsumer consumer);
    }

    /** Where the ring stands when the victim joins, and who else is there. */
    private record State(String name, Function<Boolean, Setting> setting, boolean checksum) {
        @Override
        public String toString() {
            return name + (checksum ? ", checksums" : "");
        }

        Setting set() {
            return setting.apply(checksum);
        }
    }

    /** A scene with the consumers that survive, the dead that lie about, and the victim, if it came before. */
    private record Setting(Scene scene, List<MpmcConsumer> survivors, int dead) {}

    private static Stream<Operation> operations() {
        return Stream.of(
                new Operation("poll one", (scene, consumer) -> scene.poll(consumer, 1)),
                new Operation("poll three", (scene, consumer) -> scene.poll(consumer, 3)),
                new Operation("poll all", (scene, consumer) -> scene.poll(consumer, Integer.MAX_VALUE)),
                new Operation("poll one by one", (scene, consumer) -> {
                    for (int i = 0; i < 4; i++) {
                        scene.poll(consumer, 1);
                    }
                }),
                new Operation("take two", (scene, consumer) -> scene.take(consumer, 2)),
                new Operation("poll all, then take what comes", (scene, consumer) -> {
                    scene.poll(consumer, Integer.MAX_VALUE);
                    scene.take(consumer, 2);
                }),
                new Operation("peek, then poll two", (scene, consumer) -> {
                    consumer.peek(message -> {}, 3);
                    scene.poll(consumer, 2);
                }),
                new Operation("fail twice, then poll", (scene, consumer) -> {
                    scene.pollAndFail(consumer, 3, 2);
                    scene.pollAndFail(consumer, 3, 1);
                    scene.poll(consumer, 3);
                }),
                new Operation("fail, refuse, poll", (scene, consumer) -> {
                    scene.pollAndFail(consumer, 3, 2);
                    consumer.nack();
                    scene.poll(consumer, 1);
                }),
                new Operation("refuse twice", (scene, consumer) -> {
                    scene.pollAndFail(consumer, 2, 1);
                    consumer.nack();
                    scene.pollAndFail(consumer, 2, 1);
                    consumer.nack();
                }),
                new Operation("peek, then close", (scene, consumer) -> {
                    consumer.peek(message -> {}, 3);
                    consumer.close();
                }),
                new Operation("fail, then close", (scene, consumer) -> {
                    scene.pollAndFail(consumer, 3, 2);
                    consumer.close();
                }),
                new Operation("close", (scene, consumer) -> consumer.close()),
                new Operation("probe", (scene, consumer) -> {
                    consumer.isAbandoned(false);
                    scene.poll(consumer, 2);
                }));
    }

    private static final int MESSAGE = 50;

    private static Stream<State> states() {
        List<State> states = new ArrayList<>();
        for (boolean checksum : new boolean[] {false, true}) {
            states.add(new State("empty", sums -> plain(new Scene(MESSAGE, 0, sums), 0, 0), checksum));
            states.add(new State("one lane", sums -> plain(new Scene(MESSAGE, 0, sums), 5, 0), checksum));
            states.add(new State("two lanes", sums -> plain(new Scene(MESSAGE, 8, sums), 3, 3), checksum));
            states.add(new State(
                    "padding", sums -> plain(new Scene(200, 5L * Scene.CAPACITY - 64, sums), 4, 0), checksum));
        }
        states.add(new State("producer asleep", sums -> asleep(plain(new Scene(MESSAGE, 0, sums), 5, 1)), false));
        states.add(new State("the other holds the newest range", sums -> held(sums, false), false));
        states.add(new State("a dead one holds the newest range", sums -> held(sums, true), false));
        states.add(new State("a refused range", MpmcConsumerDeathTest::refused, false));
        states.add(new State("two dead ones, two lanes", MpmcConsumerDeathTest::twoDead, false));
        return states.stream();
    }

    private static Setting plain(Scene scene, int inFirst, int inSecond) {
        scene.send(scene.first, inFirst);
        scene.send(scene.second, inSecond);
        return new Setting(scene, List.of(scene.ring.consumer()), 0);
    }

    private static Setting asleep(Setting setting) {
        RegionMemory memory = setting.scene.ring.newProcess();
        memory.setInt(setting.scene.ring.geometry().laneAt(0) + LaneLayout.SPACE, 1);
        memory.setInt(MpmcLayout.DATA, 1);
        return setting;
    }

    /** The newest range of the first lane is taken and not confirmed; more is there. */
    private static Setting held(boolean checksum, boolean dead) {
        Scene scene = new Scene(MESSAGE, 0, checksum);
        MpmcConsumer other = scene.ring.consumer();
        scene.send(scene.first, 2);
        other.peek(message -> {}, 5);
        scene.send(scene.first, 3);
        if (dead) {
            scene.ring.kill(other);
        }
        return new Setting(scene, dead ? List.of() : List.of(other), dead ? 1 : 0);
    }

    private static Setting refused(boolean checksum) {
        Scene scene = new Scene(MESSAGE, 0, checksum);
        MpmcConsumer other = scene.ring.consumer();
        scene.send(scene.first, 3);
        scene.pollAndFail(other, 3, 2);
        other.nack();
        scene.send(scene.second, 2);
        return new Setting(scene, List.of(other), 0);
    }

    private static Setting twoDead(boolean checksum) {
        Scene scene = new Scene(MESSAGE, 0, checksum);
        scene.send(scene.first, 2);
        scene.send(scene.second, 2);
        for (int i = 0; i < 2; i++) {
            MpmcConsumer other = scene.ring.consumer();
            scene.pollAndFail(other, 2, 1);
            scene.ring.kill(other);
        }
        return new Setting(scene, List.of(), 2);
    }

    static Stream<Arguments> operationsInStates() {
        return states().flatMap(state -> operations().map(operation -> Arguments.of(operation, state)));
    }

    /** Fewer, because both deaths are enumerated in each. */
    static Stream<Arguments> operationsInSomeStates() {
        return states().filter(state -> !state.checksum && !state.name.equals("empty"))
                .flatMap(state -> operations()
                        .filter(operation -> !operation.name.startsWith("poll one"))
                        .map(operation -> Arguments.of(operation, state)));
    }

    // ---- tests ----------------------------------------------------------------------------------------------------

    @ParameterizedTest(name = "{0}; {1}")
    @MethodSource("operationsInStates")
    void losesNothingAndMarksWhatComesAgain(Operation operation, State state) {
        int points = KillPoints.enumerate(() -> new ConsumerTrial(operation, state));
        assertTrue(points > 0);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("states")
    void aConsumerThatDiesWhileJoiningChangesNothing(State state) {
        int points = KillPoints.enumerate(() -> new JoinTrial(state));
        assertTrue(points > 2);
    }

    @ParameterizedTest(name = "{0}; {1}")
    @MethodSource("operationsInSomeStates")
    void survivesTheDeathOfTheOneThatCleansUpToo(Operation operation, State state) {
        Supplier<ConsumerTrial> victims = () -> new ConsumerTrial(operation, state);
        List<KillPoint> points = KillPoints.of(victims);
        for (int index = CHOICE.nextInt(EVERY); index < points.size(); index += EVERY) {
            KillPoint point = points.get(index);
            KillPoints.enumerate(() -> {
                ConsumerTrial victim = victims.get();
                point.kill(victim);
                return new HeirTrial(victim);
            });
        }
    }

    // ---- trials ---------------------------------------------------------------------------------------------------

    /** The victim carries out an operation. */
    private static final class ConsumerTrial implements KillTrial {

        private final Operation operation;
        private final Setting setting;
        private final DyingMemory memory;
        private final MpmcConsumer consumer;

        ConsumerTrial(Operation operation, State state) {
            this.operation = operation;
            this.setting = state.set();
            this.memory = setting.scene.dyingProcess();
            this.consumer = setting.scene.ring.consumer(memory);
        }

        @Override
        public DyingMemory memory() {
            return memory;
        }

        @Override
        public void operate() {
            operation.action.run(setting.scene, consumer);
        }

        @Override
        public void survive() {
            if (!memory.isDead()) {
                consumer.close();
            }
            setting.scene.checkRest(setting.dead + 1, setting.survivors.toArray(RingConsumer[]::new));
        }
    }

    /** The victim joins. */
    private static final class JoinTrial implements KillTrial {

        private final Setting setting;
        private final DyingMemory memory;

        JoinTrial(State state) {
            this.setting = state.set();
            this.memory = setting.scene.dyingProcess();
        }

        @Override
        public DyingMemory memory() {
            return memory;
        }

        @Override
        public void operate() {
            setting.scene.ring.consumer(memory).close();
        }

        @Override
        public void survive() {
            setting.scene.checkRest(setting.dead, setting.survivors.toArray(RingConsumer[]::new));
        }
    }

    /** After the victim's death another one joins, gets what was left and leaves, and may die on the way. */
    private static final class HeirTrial implements KillTrial {

        private final ConsumerTrial victim;
        private final DyingMemory memory;

        HeirTrial(ConsumerTrial victim) {
            this.victim = victim;
            this.memory = victim.setting.scene.dyingProcess();
        }

        @Override
        public DyingMemory memory() {
            return memory;
        }

        @Override
        public void operate() {
            MpmcConsumer heir = victim.setting.scene.ring.consumer(memory);
            victim.setting.scene.poll(heir, 2);
            heir.close();
        }

        @Override
        public void survive() {
            Setting setting = victim.setting;
            setting.scene.checkRest(setting.dead + 2, setting.survivors.toArray(RingConsumer[]::new));
        }
    }

    /** The scene's account itself notices what must not be. */
    @Test
    void theAccountNoticesALostMessage() {
        Scene scene = new Scene(MESSAGE, 0, false);
        scene.send(scene.first, 2);
        MpmcConsumer consumer = scene.ring.consumer();
        consumer.poll(message -> {}, 1);
        AssertionError error = assertThrows(AssertionError.class, () -> scene.checkRest(0, consumer));
        assertEquals("expected: <[]> but was: <[0]>", error.getMessage());
    }
}
