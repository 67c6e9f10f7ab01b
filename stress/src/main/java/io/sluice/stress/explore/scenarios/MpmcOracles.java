package io.sluice.stress.explore.scenarios;

import io.sluice.stress.explore.Event;
import io.sluice.stress.explore.Outcome;
import java.util.HashMap;
import java.util.Map;

/** What an MPMC ring promises, judged by what its producers and consumers noted. */
final class MpmcOracles {

    /** A delivery is noted as the message's number times this, plus its delivery count. */
    static final long COUNTS = 100;

    private MpmcOracles() {}

    /** What became of one message. */
    private static final class Account {
        private boolean offered; // somebody began to offer it
        private boolean committed;
        private int deliveries;
        private int highest; // delivery count so far
        private String holder; // who was given it last
        private boolean acknowledged;
    }

    /**
     * Every committed message is handled; it comes again only after its consumer died or refused it, then with a higher
     * count; and never after its acknowledgement.
     *
     * @param doubts so many messages may be counted although nobody noted a delivery
     */
    static void accounted(Outcome outcome, int doubts) {
        outcome.require(outcome.count("torn") == 0, "a torn message was delivered");
        Map<Long, Account> accounts = new HashMap<>();
        int doubted = 0;
        for (Event event : outcome.events()) {
            switch (event.what()) {
                case "offers" -> accounts.computeIfAbsent(event.value(), n -> new Account()).offered = true;
                case "offered" -> accounts.get(event.value()).committed = true;
                case "got", "refuses" -> doubted += deliver(outcome, accounts, event);
                case "acknowledged" -> accounts.get(event.value()).acknowledged = true;
                default -> {}
            }
        }
        outcome.require(doubted <= doubts, doubted + " messages are marked that nobody had been given");
        accounts.forEach((number, account) -> outcome.require(
                !account.committed || account.deliveries > 0, "message " + number + " was committed and is lost"));
    }

    private static int deliver(Outcome outcome, Map<Long, Account> accounts, Event event) {
        long number = event.value() / COUNTS;
        int count = (int) (event.value() % COUNTS);
        Account account = accounts.get(number);
        outcome.require(account != null && account.offered, "message " + number + " was never offered");
        outcome.require(!account.acknowledged, "message " + number + " came again after its acknowledgement");
        boolean first = account.deliveries == 0;
        outcome.require(
                first || count > account.highest,
                "message " + number + " came again to " + event.actor() + " after " + account.holder
                        + " with delivery count " + count);
        account.deliveries++;
        account.highest = count;
        account.holder = event.actor();
        return first && count > 1 ? 1 : 0;
    }

    /** Each message once, unmarked, and everybody was told of the end. */
    static void everythingOnce(Outcome outcome, int messages, int consumers) {
        accounted(outcome, 0);
        outcome.require(outcome.count("offered") == messages, "not everything was offered");
        outcome.require(outcome.count("got") == messages, "not every message came once");
        outcome.require(outcome.count("closed") == consumers, "a consumer was not told that the ring is closed");
    }
}
