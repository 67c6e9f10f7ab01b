package io.sluice.api.region;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Headers that chance has changed: refused or harmless, never a crash. */
class HeaderFuzzTest extends RegionScene {

    private static final long FILE_BYTES = 24_576;

    private static RegionHeader header() {
        return new RegionHeader(
                "kind",
                FILE_BYTES,
                List.of(1L, 2L, 3L, 4L, 5L, 6L, 7L, Long.MIN_VALUE),
                RegionHeaderLayout.OPTION_DESTROY_ON_LAST_DETACH,
                11,
                12,
                13,
                14,
                "user",
                "command");
    }

    @Test
    void readsBackWhatItWrote() {
        assertEquals(header(), RegionHeader.parse(Path.of("file"), header().toBytes(), FILE_BYTES));
    }

    @Test
    void refusesEveryFlippedBitOrIsNotAffectedByIt() {
        int unaffected = 0;
        for (int bit = 0; bit < RegionHeaderLayout.IMMUTABLE_BYTES * 8; bit++) {
            byte[] bytes = header().toBytes();
            bytes[bit / 8] ^= (byte) (1 << (bit % 8));
            try {
                assertEquals(header(), RegionHeader.parse(Path.of("file"), bytes, FILE_BYTES), "bit " + bit);
                unaffected++;
            } catch (RegionFormatException refused) {
                assertTrue(refused.getMessage().contains("expected"), refused.getMessage());
            }
        }
        // The four bytes between the checksum and what it covers next.
        assertEquals(32, unaffected);
    }

    @Test
    void cutsLongTextsAndShowsNoControlCharacters() {
        String wild = "\u001b[31m\n\u202e" + "\u00e9".repeat(200);
        RegionHeader header =
                new RegionHeader("kind", FILE_BYTES, header().geometry(), 0, 1, 2, 3, 4, wild, "x".repeat(500));
        RegionHeader read = RegionHeader.parse(Path.of("file"), header.toBytes(), FILE_BYTES);
        assertTrue(read.creatorUser().startsWith("?[31m??\u00e9"), read.creatorUser());
        assertFalse(read.creatorUser().chars().anyMatch(Character::isISOControl));
        assertEquals("x".repeat(RegionHeaderLayout.CREATOR_COMMAND_BYTES - 1), read.creatorCommand());
    }

    @Test
    void refusesEveryFlippedBitOfAFile() throws IOException {
        create("a").close();
        Path path = address("a").path();
        byte[] good = Files.readAllBytes(path);
        Random random = new Random(5);
        for (int i = 0; i < 300; i++) {
            byte[] bad = good.clone();
            int bit = random.nextInt(RegionHeaderLayout.IMMUTABLE_BYTES * 8);
            bad[bit / 8] ^= (byte) (1 << (bit % 8));
            Files.write(path, bad);
            if (bit / 8 >= RegionHeaderLayout.HEADER_CRC + 4 && bit / 8 < RegionHeaderLayout.SIZE) {
                continue;
            }
            assertRefused(RegionFormatException.class, "a", () -> open("a"), "expected");
            assertRefused(RegionFormatException.class, "a", () -> stat("a"), "expected");
        }
        Files.write(path, good);
        open("a").close();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 4, 0x7777_7770L, Long.MIN_VALUE, -4})
    void refusesAStateThatIsNone(long state) throws IOException {
        for (RegionOptions options : List.of(OPTIONS, LAST)) {
            Region region = Regions.create(address("a"), SPEC, options);
            region.control().setLong(RegionHeaderLayout.STATE, state);
            assertRefused(RegionFormatException.class, "a", () -> open("a"), "state", Long.toHexString(state));
            assertRefused(
                    RegionFormatException.class, "a", () -> Regions.openOrCreate(address("a"), SPEC, options), "state");
            assertRefused(RegionFormatException.class, "a", () -> stat("a"), "state");
            assertRefused(RegionExistsException.class, "a", () -> create("a"));
            Regions.destroy(address("a"), OPTIONS);
            region.detach();
            assertEquals(List.of(), files());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void survivesAnythingInTheChangingPartOfTheHeader(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 40; round++) {
            RegionOptions options = random.nextBoolean() ? OPTIONS : LAST;
            Region region = Regions.create(address("a"), SPEC, options);
            byte[] noise = new byte[(int) (RegionHeaderLayout.BODY - RegionHeaderLayout.STATE)];
            random.nextBytes(noise);
            int length = random.nextInt(noise.length + 1);
            int from = random.nextInt(noise.length - length + 1);
            region.control().copyIn(RegionHeaderLayout.STATE + from, noise, 0, length);
            usable(region::stat);
            usable(() -> stat("a"));
            usable(() -> open("a").close());
            usable(() -> Regions.openOrCreate(address("a"), SPEC, options).close());
            usable(() -> Regions.open(address("a"), KIND, READ_ONLY).close());
            if (random.nextBoolean()) {
                usable(region::destroy);
            }
            region.detach();
            if (exists("a")) {
                Regions.destroy(address("a"), OPTIONS);
            }
            assertFalse(exists("a"));
        }
    }

    /** Does it, or is refused with an exception that names the region. */
    private void usable(Runnable use) {
        try {
            use.run();
        } catch (RegionException refused) {
            assertTrue(refused.getMessage().contains(address("a").toString()), refused.getMessage());
        }
    }

    @Test
    void noiseIsNoRegion() throws IOException {
        Random random = new Random(9);
        for (int length : new int[] {0, 1, 7, 8, 511, 512, 20_479, 20_480, 100_000}) {
            byte[] noise = new byte[length];
            random.nextBytes(noise);
            Files.write(address("a").path(), noise);
            assertThrows(RegionFormatException.class, () -> open("a"));
            assertThrows(RegionFormatException.class, () -> stat("a"));
            assertThrows(RegionFormatException.class, () -> Regions.destroy(address("a"), OPTIONS));
        }
    }
}
