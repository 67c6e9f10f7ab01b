package io.sluice.locks.scene;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.lock.LockSpec;
import io.sluice.api.lock.Locks;
import io.sluice.api.region.RegionFormatException;
import java.util.List;
import org.junit.jupiter.api.function.Executable;

/** Opening a lock that is there, but not as one wants it. */
public final class Opening {

    private Opening() {}

    /** It is refused, also where it would be created if it were not there, for the reason {@code why}. */
    public static void isRefused(LockSpec<?> spec, String why) {
        for (Executable opening : List.<Executable>of(() -> Locks.open(spec), () -> Locks.openOrCreate(spec))) {
            String message = assertThrows(RegionFormatException.class, opening).getMessage();
            assertTrue(message.contains(why), message);
        }
    }
}
