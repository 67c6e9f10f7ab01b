package io.sluice.api.identity;

import io.sluice.api.testing.ChildConsole;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A process with an identity. Arguments: directory, kind of locks. Says its token and its own pid, then answers:
 * {@code ask TOKEN} with {@code alive}, {@code dead} or {@code refused}; {@code lock} with {@code locked} and keeps the
 * directory lock; {@code churn N} registers and unregisters N times and says {@code churned}, or what went wrong;
 * {@code leave} leaves and says whether it removed the file; {@code join} says the token of its present identity and the id of the participants file.
 */
final class IdentityChild {

    private IdentityChild() {}

    public static void main(String[] arguments) throws IOException {
        Path directory = Path.of(arguments[0]);
        ByteLocks.Opener opener = LockKind.valueOf(arguments[1]).opener();
        ChildConsole console = new ChildConsole();
        ProcessIdentity identity = ProcessIdentity.in(directory, opener);
        console.say("token " + Long.toHexString(identity.token()));
        console.say("pid " + identity.pid());
        for (String line = console.hear(); line != null; line = console.hear()) {
            String[] words = line.split(" ", -1);
            switch (words[0]) {
                case "ask" -> console.say(answer(identity, Long.parseLong(words[1], 16)));
                case "lock" -> {
                    DirectoryLock.acquire(directory, Duration.ofSeconds(30), opener);
                    console.say("locked");
                }
                case "churn" -> console.say(churn(directory, opener, Integer.parseInt(words[1])));
                case "join" -> {
                    ProcessIdentity present = ProcessIdentity.in(directory, opener);
                    console.say(Long.toHexString(present.token()) + " " + Long.toHexString(present.participantsId()));
                }
                case "leave" -> console.say(Boolean.toString(ProcessIdentity.leave(directory.toRealPath(), opener)));
                default -> throw new IllegalArgumentException(line);
            }
        }
    }

    private static String answer(ProcessIdentity identity, long token) {
        try {
            return identity.isAlive(token) ? "alive" : "dead";
        } catch (ParticipantsReplacedException e) {
            return "refused";
        }
    }

    private static String churn(Path directory, ByteLocks.Opener opener, int times) throws IOException {
        ProcessIdentity.in(directory, opener).close();
        for (int i = 0; i < times; i++) {
            ProcessIdentity identity = ProcessIdentity.in(directory, opener);
            try (ByteLocks observer = opener.open(directory.resolve(ParticipantsLayout.FILE_NAME))) {
                if (Participants.idOf(observer) != identity.participantsId()) {
                    return "registered in a file that has lost its name";
                }
            }
            identity.close();
        }
        return "churned";
    }
}
