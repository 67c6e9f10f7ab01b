package io.sluice.stress.explore.scenarios;

import io.sluice.api.lock.SharedSemaphore;
import io.sluice.api.waiting.Strategies;
import io.sluice.locks.semaphore.CountingSemaphore;
import io.sluice.locks.semaphore.LedgerSemaphore;
import io.sluice.locks.semaphore.SignallingPlaces;
import io.sluice.locks.support.WaitList;
import io.sluice.stress.explore.Actor;
import io.sluice.stress.explore.Event;
import io.sluice.stress.explore.Outcome;
import io.sluice.stress.explore.Scenario;
import java.util.List;

/** Both semaphores: the signalling one, whose permits nobody owns, and the accountable one, whose permits come back. */
final class SemaphoreScenarios {

    private static final long DONE = CountingSemaphore.memoryBytes();
    private static final long RECEIVER = LedgerSemaphore.memoryBytes();
    private static final long GIVER = Scenario.token(0);

    private SemaphoreScenarios() {}

    static List<Scenario> all() {
        return List.of(
                bounded(),
                handOver(),
                handOverFair(),
                inTurn(),
                killWaiter(),
                killTwoWaiters(),
                accountable(),
                accountableTwo(),
                accountableBoth(),
                killHolder(),
                killHolderAndHeir(),
                killSettler(),
                transfer(),
                killGiver());
    }

    // ---- signalling -----------------------------------------------------------------------------------------------

    private static Scenario.Builder signalling(String name, String description, int permits) {
        return Scenario.named("semaphore." + name, description)
                .memory(CountingSemaphore.memoryBytes())
                .setup(memory -> CountingSemaphore.initialize(memory, permits));
    }

    private static Scenario bounded() {
        return signalling("bounded", "two want the one permit", 1)
                .actor("left", self -> use(self, signalling(self, false), 1))
                .actor("right", self -> use(self, signalling(self, false), 1))
                .judgedBy(outcome -> neverMoreThan(outcome, 1));
    }

    private static Scenario handOver() {
        return signalling("hand-over", "one waits for two permits that another one releases one by one", 0)
                .actor("waiter", self -> {
                    signalling(self, false).acquire(2);
                    self.note("takes", 2);
                })
                .actor("releaser", self -> {
                    signalling(self, false).release();
                    signalling(self, false).release();
                })
                .judgedBy(
                        outcome -> outcome.require(outcome.count("takes") == 1, "the waiter did not get its permits"));
    }

    private static Scenario handOverFair() {
        return signalling("hand-over-fair", "two wait in turn for the permits that a third releases", 0)
                .actor("first", self -> takeOne(self, true))
                .actor("second", self -> takeOne(self, true))
                .actor("releaser", self -> signalling(self, true).release(2))
                .judgedBy(outcome -> outcome.require(outcome.count("takes") == 2, "somebody did not get its permit"));
    }

    private static Scenario inTurn() {
        return signalling("in-turn", "one waits, and then another one, for the permit that a third releases", 0)
                .memory(DONE + Long.BYTES)
                .place(DONE, "DONE")
                .actor("first", self -> {
                    SharedSemaphore semaphore = signalling(self, true);
                    semaphore.acquire();
                    self.note("takes", 1);
                    semaphore.release();
                    self.memory().setLongRelease(DONE, 1);
                })
                .actor("second", self -> {
                    // If the first one is not ahead in the queue it has been there.
                    WaitList queue = new WaitList(self.memory(), SignallingPlaces.WAITERS);
                    while (self.memory().getLongAcquire(DONE) == 0
                            && queue.waiters().isEmpty()) {
                        self.memory().yieldHint();
                    }
                    takeOne(self, true);
                })
                .actor("releaser", self -> signalling(self, true).release())
                .judgedBy(outcome -> outcome.require(outcome.count("takes") == 2, "somebody did not get its permit"));
    }

    private static Scenario killTwoWaiters() {
        return signalling("kill-two-waiters", "two die anywhere while they wait in turn with a third", 0)
                .kills(2)
                .mortal("victim", self -> takeOne(self, true))
                .mortalAfter("heir", List.of("victim"), self -> takeOne(self, true))
                .actor("waiter", self -> takeOne(self, true))
                .actor("releaser", self -> signalling(self, true).release(3))
                .judgedBy(outcome ->
                        outcome.require(outcome.count("waiter", "takes") == 1, "the waiter did not get its permit"));
    }

    private static Scenario killWaiter() {
        return signalling("kill-waiter", "two wait in turn, one of them dies anywhere, a third releases for both", 0)
                .mortal("victim", self -> takeOne(self, true))
                .actor("waiter", self -> takeOne(self, true))
                .actor("releaser", self -> signalling(self, true).release(2))
                .judgedBy(outcome ->
                        outcome.require(outcome.count("waiter", "takes") == 1, "the waiter did not get its permit"));
    }

    // ---- accountable ----------------------------------------------------------------------------------------------

    private static Scenario.Builder ledger(String name, String description, int permits) {
        return Scenario.named("accountable." + name, description)
                .memory(LedgerSemaphore.memoryBytes())
                .setup(memory -> LedgerSemaphore.initialize(memory, permits));
    }

    private static Scenario accountable() {
        return ledger("one", "two want the one permit", 1)
                .actor("left", self -> use(self, accountable(self, 1), 1))
                .actor("right", self -> use(self, accountable(self, 1), 1))
                .judgedBy(outcome -> neverMoreThan(outcome, 1));
    }

    private static Scenario accountableTwo() {
        return ledger("two", "one wants both permits, another one of them", 2)
                .actor("left", self -> use(self, accountable(self, 2), 2))
                .actor("right", self -> use(self, accountable(self, 2), 1))
                .judgedBy(outcome -> neverMoreThan(outcome, 2));
    }

    private static Scenario accountableBoth() {
        return ledger("both", "two have one of two permits each at the same time, one of them twice", 2)
                .actor("left", self -> use(self, accountable(self, 2), 1))
                .actor("right", self -> {
                    SharedSemaphore semaphore = accountable(self, 2);
                    use(self, semaphore, 1);
                    use(self, semaphore, 1);
                })
                .judgedBy(outcome -> neverMoreThan(outcome, 2));
    }

    private static Scenario killHolder() {
        return ledger("kill", "one dies anywhere, another one contends, all permits are there in the end", 2)
                .mortal("left", self -> use(self, accountable(self, 2), 2))
                .actor("right", self -> use(self, accountable(self, 2), 1))
                .actorAfter("auditor", List.of("left", "right"), self -> audit(self, 2))
                .judgedBy(SemaphoreScenarios::allThere);
    }

    private static Scenario killHolderAndHeir() {
        return ledger("kill-heir", "two contend and either or both die anywhere, all permits are there in the end", 1)
                .kills(2)
                .mortal("left", self -> use(self, accountable(self, 1), 1))
                .mortal("right", self -> use(self, accountable(self, 1), 1))
                .actorAfter("auditor", List.of("left", "right"), self -> audit(self, 1))
                .judgedBy(SemaphoreScenarios::allThere);
    }

    private static Scenario killSettler() {
        return ledger(
                        "kill-settler",
                        "two have a permit each behind a third, one of them dies anywhere behind its change",
                        2)
                .actor("first", self -> use(self, accountable(self, 2), 1))
                .mortalAfter("settler", List.of("first"), self -> {
                    SharedSemaphore semaphore = accountable(self, 2);
                    use(self, semaphore, 1);
                    // An access, so that it can die with what it has just stored.
                    semaphore.availablePermits();
                })
                .actorAfter("other", List.of("first"), self -> use(self, accountable(self, 2), 1))
                .actorAfter("auditor", List.of("settler", "other"), self -> {
                    // More than there are: takes back what the dead one held, and gets nothing.
                    accountable(self, 2).tryAcquire(3);
                    audit(self, 2);
                })
                .judgedBy(SemaphoreScenarios::allThere);
    }

    private static Scenario transfer() {
        return ledgerAndName("transfer", "one hands a permit to another, which gives it back")
                .actor("giver", SemaphoreScenarios::handOn)
                .actor("receiver", SemaphoreScenarios::receive)
                .actorAfter("auditor", List.of("giver", "receiver"), self -> audit(self, 2))
                .judgedBy(outcome -> {
                    allThere(outcome);
                    outcome.require(outcome.count("receiver", "takes") == 1, "what was handed on did not arrive");
                });
    }

    private static Scenario killGiver() {
        return ledgerAndName("kill-giver", "one dies anywhere while it hands a permit to another, which gives it back")
                .mortal("giver", SemaphoreScenarios::handOn)
                .actor("receiver", SemaphoreScenarios::receive)
                .actorAfter("auditor", List.of("giver", "receiver"), self -> audit(self, 2))
                .judgedBy(outcome -> {
                    allThere(outcome);
                    outcome.require(
                            outcome.count("giver", "handed on") == 0 || outcome.count("receiver", "takes") == 1,
                            "what was handed on did not arrive");
                });
    }

    /** A ledger of two permits, and behind it the name of a holder. */
    private static Scenario.Builder ledgerAndName(String name, String description) {
        return ledger(name, description, 2).memory(RECEIVER + Long.BYTES).place(RECEIVER, "RECEIVER");
    }

    // ---- what actors do -------------------------------------------------------------------------------------------

    private static SharedSemaphore signalling(Actor self, boolean fair) {
        return CountingSemaphore.over(self.memory(), 16, fair, Strategies.blockAtOnce());
    }

    private static LedgerSemaphore accountable(Actor self, int permits) {
        return LedgerSemaphore.over(self.memory(), permits, false, Strategies.blockAtOnce());
    }

    private static void takeOne(Actor self, boolean fair) throws InterruptedException {
        signalling(self, fair).acquire();
        self.note("takes", 1);
    }

    private static void use(Actor self, SharedSemaphore semaphore, int permits) throws InterruptedException {
        semaphore.acquire(permits);
        self.note("takes", permits);
        // An access, so that others can be there at the same time.
        semaphore.availablePermits();
        self.note("gives", permits);
        semaphore.release(permits);
    }

    /** Takes a permit, and hands it to whoever has left its name. */
    private static void handOn(Actor self) throws InterruptedException {
        LedgerSemaphore semaphore = accountable(self, 2);
        semaphore.acquire();
        self.note("takes", 1);
        long receiver = self.memory().getLongAcquire(RECEIVER);
        while (receiver == 0) {
            self.memory().yieldHint();
            receiver = self.memory().getLongAcquire(RECEIVER);
        }
        self.note("gives", 1);
        semaphore.transfer(1, receiver);
        self.note("handed on");
    }

    /** Leaves its name, and gives back what comes, unless the giver dies before. */
    private static void receive(Actor self) {
        LedgerSemaphore semaphore = accountable(self, 2);
        self.memory().setLongRelease(RECEIVER, semaphore.holderId());
        while (semaphore.heldPermits() == 0 && self.memory().isAlive(GIVER)) {
            self.memory().yieldHint();
        }
        int held = semaphore.heldPermits();
        if (held > 0) {
            self.note("takes", held);
            // An access, so that others can be there at the same time.
            semaphore.availablePermits();
            self.note("gives", held);
            semaphore.release(held);
        }
    }

    /** Takes every permit, and finds that there is not one more. */
    private static void audit(Actor self, int permits) throws InterruptedException {
        SharedSemaphore semaphore = accountable(self, permits);
        semaphore.acquire(permits);
        self.note("takes", permits);
        self.note("left-over", semaphore.availablePermits());
    }

    // ---- what must hold -------------------------------------------------------------------------------------------

    private static void neverMoreThan(Outcome outcome, int permits) {
        int taken = 0;
        int died = 0;
        for (Event event : outcome.events()) {
            switch (event.what()) {
                case "takes" -> taken += (int) event.value();
                case "gives" -> taken -= (int) event.value();
                case Outcome.DIES -> died += taken > 0 ? held(outcome, event.actor()) : 0;
                default -> {}
            }
            outcome.require(taken - died <= permits, "more permits were held than there are: " + outcome.events());
        }
    }

    private static int held(Outcome outcome, String actor) {
        int held = 0;
        for (long taken : outcome.values(actor, "takes")) {
            held += (int) taken;
        }
        for (long given : outcome.values(actor, "gives")) {
            held -= (int) given;
        }
        return held;
    }

    private static void allThere(Outcome outcome) {
        neverMoreThan(outcome, (int) outcome.values("auditor", "takes")[0]);
        outcome.requireEqual(new long[] {0}, outcome.values("auditor", "left-over"), "permits too many");
    }
}
