package io.sluice.stress.storm.targets;

import io.sluice.stress.storm.Entry;
import io.sluice.stress.storm.Evidence;
import io.sluice.stress.storm.Evidence.Witness;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Times in which processes owned a lock that only one can own: they do not overlap, fencing tokens grow, and each death
 * inside is told once, to the next owner.
 */
final class OwnedSections {

    /** A time inside. */
    private record Section(Witness who, long fence, long from, long to, boolean left, long told) {}

    private final List<Section> sections = new ArrayList<>();

    /**
     * Adds those of a process: each is from an {@code entered}, with its fencing token and the dead owner that it was
     * told of, to whatever the process noted next, or to its death.
     */
    void add(Witness who, int entered) {
        Entry open = null;
        for (Entry entry : who.entries()) {
            if (entry.event() == entered) {
                open = entry;
            } else if (open != null) {
                sections.add(new Section(who, open.a(), open.nanos(), entry.nanos(), true, open.b()));
                open = null;
            }
        }
        if (open != null) {
            sections.add(new Section(who, open.a(), open.nanos(), who.killedNanos(), false, open.b()));
        }
    }

    boolean isEmpty() {
        return sections.isEmpty();
    }

    /** Reports what must not be. */
    void judge(Evidence evidence) {
        sections.sort(Comparator.comparingLong(Section::fence));
        Set<Long> told = new HashSet<>();
        Section before = null;
        for (Section section : sections) {
            if (section.told() != 0) {
                Witness dead = evidence.witness(section.told());
                evidence.require(dead != null, "told of the death of somebody who was not there");
                evidence.require(told.add(section.told()), "told twice of the death of " + dead);
                if (dead != null) {
                    evidence.recovered(dead, section.from());
                }
            }
            if (before != null) {
                judge(before, section, evidence);
            }
            before = section;
        }
    }

    private static void judge(Section before, Section next, Evidence evidence) {
        evidence.require(before.fence() < next.fence(), "two sections with the token " + next.fence());
        evidence.require(
                before.to() <= next.from(), "sections " + before.fence() + " and " + next.fence() + " overlap");
        // Or of the death of an heir that had been told and died before it noted anything.
        evidence.require(
                before.left() || next.told() != 0, next.who() + " was not told that " + before.who() + " died inside");
    }
}
