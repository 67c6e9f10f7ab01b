package io.sluice.api.codec;

import io.sluice.api.memory.MemorySlice;
import io.sluice.api.ring.Message;

/**
 * How objects become messages and messages objects. Writes into the ring and reads out of it, without a copy in
 * between and without allocating more than the decoded object.
 *
 * <p>Any number of threads use a codec at once: it keeps nothing of a call. Both ends of a ring, in whatever processes,
 * must use codecs that understand each other.
 *
 * <p>The bytes of a message may have been written by anybody who may write the file. A codec trusts no length, index or
 * tag in them: it compares with {@link Message#length()}, allocates nothing of a size that it has not compared, and
 * answers what cannot be with {@link Message#malformed}. Reading through the message never leaves the message.
 *
 * <pre>{@code
 * enum PriceCodec implements Codec<Price> {
 *     INSTANCE;
 *
 *     public int maxLength(Price price) {
 *         return 16;
 *     }
 *
 *     public int encode(Price price, MemorySlice target) {
 *         target.setLong(0, price.instrument());
 *         target.setDouble(8, price.value());
 *         return 16;
 *     }
 *
 *     public Price decode(Message message) {
 *         if (message.length() != 16) {
 *             throw message.malformed("16 bytes", message.length() + " bytes");
 *         }
 *         return new Price(message.getLong(0), message.getDouble(8));
 *     }
 * }
 * }</pre>
 *
 * @param <E> the objects
 */
public interface Codec<E> {

    /**
     * How many bytes {@link #encode} will write at most. Room for so many is needed in the ring, even if they turn out
     * to be fewer, so a tight bound is worth a look at the element.
     *
     * @throws IllegalArgumentException if {@code element} cannot be encoded
     */
    int maxLength(E element);

    /**
     * Writes an element.
     *
     * @param target room for {@link #maxLength} bytes; writing behind it throws, and then nothing is published
     * @return how many bytes from index 0 on are the message
     */
    int encode(E element, MemorySlice target);

    /**
     * Reads an element.
     *
     * @param message valid during this call
     * @return the element, never null
     * @throws io.sluice.api.ring.MalformedMessageException if these bytes are no element
     */
    E decode(Message message);

    /** The type id of the messages that this codec writes, from 0 up; messages with another one are not for it. */
    default int typeId() {
        return 0;
    }
}
