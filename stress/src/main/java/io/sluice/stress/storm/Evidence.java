package io.sluice.stress.storm;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the processes of a storm noted about one target, and which of them were killed when. */
public final class Evidence {

    /** A process of the storm. */
    public static final class Witness {

        private final int child;
        private final long token;
        private final long killedNanos;
        private final long goneNanos;
        private final List<Entry> entries;

        Witness(int child, long token, long killedNanos, long goneNanos, List<Entry> entries) {
            this.child = child;
            this.token = token;
            this.killedNanos = killedNanos;
            this.goneNanos = goneNanos;
            this.entries = entries;
        }

        /** Its number. */
        public int child() {
            return child;
        }

        /** Its token. */
        public long token() {
            return token;
        }

        /** When SIGKILL was sent to it: it did nothing after the moment in which that arrived. */
        public long killedNanos() {
            return killedNanos;
        }

        /** When its end was seen: it did nothing from then on. */
        public long goneNanos() {
            return goneNanos;
        }

        /** Its journal. */
        public List<Entry> entries() {
            return entries;
        }

        /** How often it noted something. */
        public long count(int event) {
            return entries.stream().filter(entry -> entry.event() == event).count();
        }

        /** Sum of what it noted with an event. */
        public long sum(int event) {
            return entries.stream()
                    .filter(entry -> entry.event() == event)
                    .mapToLong(Entry::a)
                    .sum();
        }

        @Override
        public String toString() {
            return "process " + child + " (" + Long.toHexString(token) + ")";
        }
    }

    private final String target;
    private final Map<Long, Witness> witnesses = new TreeMap<>();
    private final List<String> findings = new ArrayList<>();
    private final List<Long> recoveries = new ArrayList<>();

    Evidence(String target, List<Witness> witnesses) {
        this.target = target;
        witnesses.forEach(witness -> this.witnesses.put(witness.token(), witness));
    }

    /** Everybody. */
    public Collection<Witness> witnesses() {
        return witnesses.values();
    }

    /** The one with a token; null if nobody has it. */
    public Witness witness(long token) {
        return witnesses.get(token);
    }

    /** Reports that something must not be. */
    public void require(boolean holds, String otherwise) {
        if (!holds) {
            findings.add(target + ": " + otherwise);
        }
    }

    /** Reports how long it took from the kill of a process until another one went on in its place. */
    public void recovered(Witness dead, long nanos) {
        require(nanos >= dead.killedNanos(), dead + " was succeeded before it was killed");
        recoveries.add(nanos - dead.killedNanos());
    }

    /** What must not be and is. */
    List<String> findings() {
        return findings;
    }

    /** Nanoseconds from kill to recovery. */
    List<Long> recoveries() {
        return recoveries;
    }
}
