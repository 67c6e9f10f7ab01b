package io.sluice.stress.explore;

import java.util.Arrays;

/**
 * One actor within one execution. Its program's stack does not outlive its turns: to go on, the program is run again
 * from its beginning, and the memory answers from this log until it reaches what is new.
 */
final class ActorState {

    enum Status {
        /** Runs, or can as soon as it is chosen. */
        READY,
        /** In a busy wait; worth running again when something has changed. */
        SPINNING,
        /** Asleep on a futex word. */
        ASLEEP,
        /** Its program has returned. */
        ENDED,
        /** Killed. */
        DEAD
    }

    final int index;
    final Scenario.Role role;
    final long token;
    /** Actors, as a bit mask, that must have ended before this one starts. */
    final int after;

    final Signal signal = new Signal();
    final StoreBuffer buffer = new StoreBuffer();
    Status status;
    /** Its stack is being unwound: nothing that it still tries has an effect. */
    boolean unwinding;
    /** It was chosen to run and has not done anything since. */
    boolean chosen;
    /** Date of the newest store that it is sure to see. */
    int floor;
    /** What it spins on was unchanged since this version. */
    long seenVersion;

    long wakeAt;
    int sleepsOn;
    int sleepsSince;

    private long[] answers = new long[256];
    private int[] questions = new int[256];
    private int logged;
    private int cursor;

    ActorState(int index, Scenario.Role role, long token, int after) {
        this.index = index;
        this.role = role;
        this.token = token;
        this.after = after;
    }

    void reset() {
        buffer.clear();
        status = Status.READY;
        unwinding = false;
        floor = 0;
        seenVersion = -1;
        logged = 0;
        cursor = 0;
    }

    /** Whether it can be chosen to run, given who has ended and how often something changed. */
    boolean isRunnable(int ended, long changes) {
        return switch (status) {
            case READY -> (after & ~ended) == 0;
            case SPINNING -> seenVersion != changes;
            default -> false;
        };
    }

    /** Whether it waits for something that has not happened yet. */
    boolean isBlocked(long changes) {
        return status == Status.ASLEEP || (status == Status.SPINNING && seenVersion == changes);
    }

    void rewind() {
        cursor = 0;
        unwinding = false;
        chosen = true;
    }

    boolean isReplaying() {
        return cursor < logged;
    }

    /** The answer that {@code question} had; refuses programs that ask something else this time. */
    long replay(int question) {
        if (questions[cursor] != question) {
            throw new NotDeterministicException("actor " + role.name() + " is not deterministic: its access " + cursor
                    + " was " + questions[cursor] + " and is now " + question);
        }
        return answers[cursor++];
    }

    long record(int question, long answer) {
        if (logged == answers.length) {
            answers = Arrays.copyOf(answers, 2 * logged);
            questions = Arrays.copyOf(questions, 2 * logged);
        }
        questions[logged] = question;
        answers[logged] = answer;
        logged++;
        cursor = logged;
        return answer;
    }
}
