package io.sluice.stress.explore;

/** Writes a scenario's initial state, as a process of its own that is dead before the first actor starts. */
final class SetupMemory extends ModelMemory {

    private static final long TOKEN = 1000;

    private final SharedBytes memory;
    private final int writer;

    SetupMemory(SharedBytes memory, int writer) {
        this.memory = memory;
        this.writer = writer;
    }

    @Override
    int bytes() {
        return memory.size();
    }

    @Override
    long load(int place, int size, boolean acquire) {
        return memory.get(place, size);
    }

    @Override
    void store(int place, int size, long value, boolean release) {
        memory.put(writer, place, size, value);
    }

    @Override
    boolean cas(int place, int size, long expected, long value) {
        boolean equal = memory.get(place, size) == expected;
        if (equal) {
            memory.put(writer, place, size, value);
        }
        return equal;
    }

    @Override
    long add(int place, long delta) {
        long before = memory.get(place, Long.BYTES);
        memory.put(writer, place, Long.BYTES, before + delta);
        return before;
    }

    @Override
    public void fullFence() {
        // Alone: nothing to order.
    }

    @Override
    public void fenceLight() {
        // Alone: nothing to order.
    }

    @Override
    public void fenceHeavy() {
        // Alone: nothing to order.
    }

    @Override
    public void futexWait(long offset, int expected, long timeoutNanos) {
        throw new IllegalStateException("nobody would wake the setup");
    }

    @Override
    public int futexWake(long offset, int count) {
        return 0;
    }

    @Override
    public void spinHint() {
        throw new IllegalStateException("the setup waits for nobody");
    }

    @Override
    public void yieldHint() {
        spinHint();
    }

    @Override
    public void parkNanos(long nanos) {
        spinHint();
    }

    @Override
    public long nanoTime() {
        return 0;
    }

    @Override
    public long selfToken() {
        return TOKEN;
    }

    @Override
    public boolean isAlive(long token) {
        return token == TOKEN;
    }

    @Override
    public String name() {
        return "setup";
    }
}
