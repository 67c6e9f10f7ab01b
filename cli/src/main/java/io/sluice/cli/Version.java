package io.sluice.cli;

import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints: the version that the jar's manifest carries. */
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        String version = Main.class.getPackage().getImplementationVersion();
        return new String[] {"sluice " + (version == null ? "(not packaged)" : version)};
    }
}
