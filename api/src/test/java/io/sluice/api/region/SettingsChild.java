package io.sluice.api.region;

import io.sluice.api.testing.ChildConsole;

/** A process that says where its regions are, and again for each line that is to be its property {@code sluice.dir}. */
final class SettingsChild {

    private SettingsChild() {}

    public static void main(String[] arguments) {
        ChildConsole console = new ChildConsole();
        console.say(Settings.directory().toString());
        for (String line = console.hear(); line != null; line = console.hear()) {
            System.setProperty("sluice.dir", line);
            console.say(Settings.directory().toString());
        }
    }
}
