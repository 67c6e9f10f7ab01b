package io.sluice.stress.explore;

/**
 * The way of stores from the actors' buffers into the memory that everybody sees: when they arrive, in which order, and
 * what a load may return meanwhile.
 */
final class Stores {

    private final SharedBytes bytes;
    private final MemoryModel model;
    private final Footprint footprint;
    private Course course;
    private long changes;

    Stores(SharedBytes bytes, MemoryModel model, Footprint footprint) {
        this.bytes = bytes;
        this.model = model;
        this.footprint = footprint;
    }

    void reset(Course newCourse) {
        bytes.reset();
        course = newCourse;
        changes = 0;
    }

    /** Grows with whatever may end somebody's busy wait. */
    long changes() {
        return changes;
    }

    /** Something changed that is not in memory: who lives, who is awake. */
    void change() {
        changes++;
    }

    SharedBytes bytes() {
        return bytes;
    }

    // ---- accesses -------------------------------------------------------------------------------------------------

    long load(ActorState actor, int place, int size, boolean acquire) {
        long value = actor.buffer.forward(bytes.get(place, size), place, size);
        if (acquire) {
            actor.floor = bytes.date();
            return value;
        }
        boolean weak = model == MemoryModel.WEAK && course.delaysLeft > 0 && actor.floor < bytes.date();
        return weak ? maybeStale(actor, place, size, value) : value;
    }

    private long maybeStale(ActorState actor, int place, int size, long value) {
        long old = actor.buffer.forward(bytes.getAsOf(actor.floor, actor.index, place, size), place, size);
        if (old == value) {
            return value;
        }
        course.ordinarily(Action.of(Action.CONTINUE, actor.index));
        course.or(Action.of(Action.STALE, actor.index));
        if (Action.kind(course.decide()) == Action.STALE) {
            course.delaysLeft--;
            return old;
        }
        return value;
    }

    void store(ActorState actor, int place, int size, long value, boolean release) {
        if (model == MemoryModel.SC) {
            makeVisible(actor, place, size, value);
        } else {
            actor.buffer.add(place, size, value, release);
        }
    }

    void makeVisible(ActorState actor, int place, int size, long value) {
        bytes.put(actor.index, place, size, value);
        changes++;
    }

    /** A full fence of {@code actor}: its stores arrive, and it sees everything that has. */
    void fence(ActorState actor) {
        flush(actor);
        actor.floor = bytes.date();
    }

    // ---- arrival --------------------------------------------------------------------------------------------------

    /** Whether an entry may arrive before those in front of it. */
    boolean mayArrive(StoreBuffer buffer, int entry) {
        if (model != MemoryModel.WEAK) {
            return entry == 0;
        }
        for (int earlier = 0; earlier < entry; earlier++) {
            if (buffer.isOrdered(earlier, entry)) {
                return false;
            }
        }
        return true;
    }

    void arrive(ActorState actor, int entry) {
        StoreBuffer buffer = actor.buffer;
        makeVisible(actor, buffer.place(entry), buffer.size(entry), buffer.value(entry));
        buffer.remove(entry);
    }

    void flush(ActorState actor) {
        StoreBuffer buffer = actor.buffer;
        if (buffer.count() == 0) {
            return;
        }
        for (int entry = 0; entry < buffer.count(); entry++) {
            makeVisible(actor, buffer.place(entry), buffer.size(entry), buffer.value(entry));
        }
        buffer.clear();
    }

    /** The actor stops for now: its stores arrive, or some of them stay behind. */
    void leave(ActorState actor) {
        StoreBuffer buffer = actor.buffer;
        if (buffer.count() == 0) {
            return;
        }
        course.ordinarily(Action.of(Action.FLUSH_ALL, actor.index));
        for (int entry = 0; course.delaysLeft > 0 && entry < buffer.count(); entry++) {
            if (footprint.isShared(buffer.place(entry), buffer.size(entry))) {
                course.or(Action.of(Action.KEEP_FROM, actor.index, entry));
                if (model == MemoryModel.WEAK && entry + 1 < buffer.count()) {
                    course.or(Action.of(Action.KEEP_ONLY, actor.index, entry));
                }
            }
        }
        int action = course.decide();
        switch (Action.kind(action)) {
            case Action.FLUSH_ALL -> flush(actor);
            case Action.KEEP_FROM -> {
                course.delaysLeft--;
                for (int entry = Action.argument(action); entry > 0; entry--) {
                    arrive(actor, 0);
                }
            }
            default -> {
                course.delaysLeft--;
                overtake(actor, Action.argument(action));
            }
        }
    }

    /** Everything arrives but one store and those that must stay behind it. */
    private void overtake(ActorState actor, int kept) {
        for (int entry = 0; entry < kept; entry++) {
            arrive(actor, 0);
        }
        int entry = 1;
        while (entry < actor.buffer.count()) {
            if (mayArrive(actor.buffer, entry)) {
                arrive(actor, entry);
            } else {
                entry++;
            }
        }
    }

    /** What becomes of a dying actor's stores: they arrive, but in the weak model one may never have been made. */
    void bury(ActorState actor) {
        StoreBuffer buffer = actor.buffer;
        if (buffer.count() == 0) {
            return;
        }
        course.ordinarily(Action.of(Action.FLUSH_ALL, actor.index));
        boolean weak = model == MemoryModel.WEAK && course.delaysLeft > 0;
        for (int entry = 0; weak && entry < buffer.count(); entry++) {
            if (buffer.mayBeLost(entry) && footprint.isShared(buffer.place(entry), buffer.size(entry))) {
                course.or(Action.of(Action.LOSE, actor.index, entry));
            }
        }
        int action = course.decide();
        if (Action.kind(action) == Action.LOSE) {
            course.delaysLeft--;
            overtake(actor, Action.argument(action));
            buffer.clear();
        } else {
            flush(actor);
        }
    }
}
