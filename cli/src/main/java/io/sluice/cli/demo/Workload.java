package io.sluice.cli.demo;

import java.util.SplittableRandom;
import java.util.zip.CRC32C;

/**
 * A stream of messages that is the same wherever it is made: random bytes from a fixed seed, with the number of
 * the block written into each block so that no two are alike. The sender's and the receiver's CRC32C of all
 * bytes must agree.
 *
 * <p>Confined to one thread.
 */
final class Workload {

    private static final int BLOCK_BYTES = 64 << 10;
    private static final int BLOCKS = 16;
    private static final long SEED = 0x51_1CE;

    private final int size;
    private final int messagesPerBlock;
    private final byte[][] blocks;
    private final CRC32C crc = new CRC32C();
    private long blockNumber;

    Workload(int size) {
        this.size = size;
        this.messagesPerBlock = messagesPerBlock(size);
        this.blocks = new byte[BLOCKS][messagesPerBlock * size];
        SplittableRandom random = new SplittableRandom(SEED);
        for (byte[] block : blocks) {
            random.nextBytes(block);
        }
    }

    static int messagesPerBlock(int size) {
        return Math.max(1, BLOCK_BYTES / size);
    }

    /** The next block of messages of which {@code messages} will be sent. */
    byte[] next(int messages) {
        byte[] block = blocks[(int) (blockNumber % BLOCKS)];
        for (int index = 0; index < Math.min(Long.BYTES, size); index++) {
            block[index] = (byte) (blockNumber >>> (index * Byte.SIZE));
        }
        blockNumber++;
        crc.update(block, 0, messages * size);
        return block;
    }

    int messagesPerBlock() {
        return messagesPerBlock;
    }

    /** CRC32C of everything since the last call. */
    long takeChecksum() {
        long value = crc.getValue();
        crc.reset();
        return value;
    }
}
