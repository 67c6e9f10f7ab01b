package io.sluice.examples;

import io.sluice.api.testing.TestDirectory;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Makes a fresh directory the default one of this JVM for each test. */
final class OwnDefaultDirectory implements BeforeEachCallback, AfterEachCallback {

    private TestDirectory directory;
    private String previous;

    Path path() {
        return directory.path();
    }

    @Override
    public void beforeEach(ExtensionContext context) throws IOException {
        directory = TestDirectory.create();
        previous = System.getProperty("sluice.dir");
        System.setProperty("sluice.dir", directory.path().toString());
    }

    @Override
    public void afterEach(ExtensionContext context) throws IOException {
        if (previous == null) {
            System.clearProperty("sluice.dir");
        } else {
            System.setProperty("sluice.dir", previous);
        }
        directory.close();
    }
}
