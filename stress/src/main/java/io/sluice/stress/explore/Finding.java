package io.sluice.stress.explore;

import java.util.List;

/**
 * An execution that broke the contract.
 *
 * @param schedule replays it
 * @param message what went wrong
 * @param events what the actors noted
 * @param trace every access, in order
 */
public record Finding(String schedule, String message, List<Event> events, List<String> trace) {

    /** Copies the lists. */
    public Finding {
        events = List.copyOf(events);
        trace = List.copyOf(trace);
    }

    /** Everything about it, for people. */
    public String details() {
        StringBuilder text = new StringBuilder();
        text.append(message.isEmpty() ? "no finding" : "FINDING: " + message).append('\n');
        text.append("replay with: stress explore --replay '").append(schedule).append("'\n");
        text.append("  step   actor      access (a line with -- is a decision of the schedule)\n");
        trace.forEach(line -> text.append(line).append('\n'));
        return text.toString();
    }
}
