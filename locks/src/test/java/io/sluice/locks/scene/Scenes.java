package io.sluice.locks.scene;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The scenes of a test, which are gone after it, and after what its class itself does then. */
public final class Scenes implements AfterEachCallback {

    private final List<Scene> open = new ArrayList<>();

    /** Made by the field that registers it. */
    public Scenes() {}

    /** One more, for a lock with {@code bodyBytes} bytes behind the header. */
    public Scene open(Scene.Place place, long bodyBytes) {
        Scene scene = new Scene(place, bodyBytes);
        open.add(scene);
        return scene;
    }

    @Override
    public void afterEach(ExtensionContext context) throws IOException {
        for (Scene scene : open) {
            scene.close();
        }
    }
}
