package io.sluice.stress.explore;

import io.sluice.api.memory.RegionMemory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * A few actors on one shared memory, and what must hold whatever their interleaving: the unit of exploration.
 * Immutable once built.
 */
public final class Scenario {

    /** A name's most actors: they are called a, b, c ... in schedules. */
    static final int MAX_ACTORS = 8;

    private static final long FIRST_TOKEN = 1001;

    /** One actor as it was declared. */
    record Role(String name, ActorProgram program, boolean killable, List<String> after) {}

    private final String name;
    private final String description;
    private final int memoryBytes;
    private final Consumer<RegionMemory> setup;
    private final List<Role> roles;
    private final int kills;
    private final boolean timeoutsExpected;
    private final boolean large;
    private final Oracle oracle;
    private final UnaryOperator<RegionMemory> mutation;
    private final Map<Long, String> places;

    private Scenario(Builder builder, UnaryOperator<RegionMemory> mutation) {
        this.name = builder.name;
        this.description = builder.description;
        this.memoryBytes = builder.memoryBytes;
        this.setup = builder.setup;
        this.roles = List.copyOf(builder.roles);
        this.kills = builder.kills;
        this.timeoutsExpected = builder.timeoutsExpected;
        this.large = builder.large;
        this.oracle = Objects.requireNonNull(builder.oracle, "oracle");
        this.mutation = mutation;
        this.places = Map.copyOf(builder.places);
    }

    private Scenario(Scenario original, UnaryOperator<RegionMemory> mutation) {
        this.name = original.name;
        this.description = original.description;
        this.memoryBytes = original.memoryBytes;
        this.setup = original.setup;
        this.roles = original.roles;
        this.kills = original.kills;
        this.timeoutsExpected = original.timeoutsExpected;
        this.large = original.large;
        this.oracle = original.oracle;
        this.mutation = mutation;
        this.places = original.places;
    }

    /** Starts the description of a scenario. */
    public static Builder named(String name, String description) {
        return new Builder(name, description);
    }

    /** The same scenario in which every actor uses the memory through {@code newMutation}: with a bug put in. */
    public Scenario mutated(UnaryOperator<RegionMemory> newMutation) {
        return new Scenario(this, newMutation);
    }

    /** The token of the process that is the {@code index}-th actor. */
    public static long token(int index) {
        return FIRST_TOKEN + index;
    }

    /** How it is called. */
    public String name() {
        return name;
    }

    /** What it is about, in a sentence. */
    public String description() {
        return description;
    }

    int memoryBytes() {
        return memoryBytes;
    }

    Consumer<RegionMemory> setup() {
        return setup;
    }

    List<Role> roles() {
        return roles;
    }

    int kills() {
        return kills;
    }

    boolean timeoutsExpected() {
        return timeoutsExpected;
    }

    /** Whether it has so many schedules that short checks do with fewer preemptions. */
    boolean isLarge() {
        return large;
    }

    Oracle oracle() {
        return oracle;
    }

    RegionMemory mutate(RegionMemory memory) {
        return mutation.apply(memory);
    }

    /** What a place in memory is called in traces. */
    String place(long offset) {
        String known = places.get(offset);
        return known == null ? "@" + offset : known;
    }

    /** Collects the parts of a {@link Scenario}. */
    public static final class Builder {

        private final String name;
        private final String description;
        private final List<Role> roles = new ArrayList<>();
        private final Map<Long, String> places = new LinkedHashMap<>();
        private int memoryBytes = 4096;
        private Consumer<RegionMemory> setup = memory -> {};
        private int kills;
        private boolean timeoutsExpected;
        private boolean large;
        private Oracle oracle;

        private Builder(String name, String description) {
            this.name = name;
            this.description = description;
        }

        /** Size of the shared memory. */
        public Builder memory(long bytes) {
            this.memoryBytes = Math.toIntExact(bytes);
            return this;
        }

        /** What the memory holds at the beginning; by default zeros. The process that writes it is dead by then. */
        public Builder setup(Consumer<RegionMemory> newSetup) {
            this.setup = newSetup;
            return this;
        }

        /** An actor that stays alive. */
        public Builder actor(String actor, ActorProgram program) {
            return add(new Role(actor, program, false, List.of()));
        }

        /** An actor that may be killed in front of each of its accesses. */
        public Builder mortal(String actor, ActorProgram program) {
            return add(new Role(actor, program, true, List.of()));
        }

        /** An actor that starts when all of {@code others} have ended or died. */
        public Builder actorAfter(String actor, List<String> others, ActorProgram program) {
            return add(new Role(actor, program, false, List.copyOf(others)));
        }

        /** As {@link #actorAfter}, and it may be killed. */
        public Builder mortalAfter(String actor, List<String> others, ActorProgram program) {
            return add(new Role(actor, program, true, List.copyOf(others)));
        }

        private Builder add(Role role) {
            if (roles.size() == MAX_ACTORS) {
                throw new IllegalArgumentException(name + ": more than " + MAX_ACTORS + " actors");
            }
            if (role.killable() && kills == 0) {
                kills = 1;
            }
            roles.add(role);
            return this;
        }

        /** How many of the mortal actors may die in one execution; 1 unless set. */
        public Builder kills(int most) {
            this.kills = most;
            return this;
        }

        /** That a wait may run into its time limit while everybody lives; otherwise that is a lost wake-up. */
        public Builder expectTimeouts() {
            this.timeoutsExpected = true;
            return this;
        }

        /** That it has so many schedules that short checks should do with fewer preemptions. */
        public Builder large() {
            this.large = true;
            return this;
        }

        /** What a place in memory is called in traces. */
        public Builder place(long offset, String called) {
            places.put(offset, called);
            return this;
        }

        /** Who judges, and done. */
        public Scenario judgedBy(Oracle newOracle) {
            this.oracle = newOracle;
            return new Scenario(this, UnaryOperator.identity());
        }
    }
}
