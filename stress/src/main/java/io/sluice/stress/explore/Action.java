package io.sluice.stress.explore;

/**
 * Something that may happen at a scheduling point, packed into an int: what, to which actor, and a number.
 *
 * <p>As text: a sign, the actor's letter, and the number where there is one.
 * <pre>
 *   .a    a goes on                        >b   b runs now
 *   !a    a dies                           +a1  entry 1 of a's store buffer becomes visible
 *   *a    all of a's stores become visible =a1  entries from 1 on stay behind
 *   ^a1   only entry 1 stays behind        -a1  entry 1 is lost with its dead actor
 *   ?a    the load returns an old value
 * </pre>
 */
final class Action {

    static final int CONTINUE = '.';
    static final int RUN = '>';
    static final int KILL = '!';
    static final int FLUSH = '+';
    static final int FLUSH_ALL = '*';
    static final int KEEP_FROM = '=';
    static final int KEEP_ONLY = '^';
    static final int LOSE = '-';
    static final int STALE = '?';

    private static final String SIGNS = ".>!+*=^-?";
    private static final String NUMBERED = "+=^-";
    private static final int ARGUMENT_BITS = 16;
    private static final int ARGUMENT_MASK = 0xffff;
    private static final int ACTOR_MASK = 0xf;
    private static final int KIND_SHIFT = 20;

    private Action() {}

    static int of(int kind, int actor, int argument) {
        return (kind << KIND_SHIFT) | (actor << ARGUMENT_BITS) | argument;
    }

    static int of(int kind, int actor) {
        return of(kind, actor, 0);
    }

    static int kind(int action) {
        return action >>> KIND_SHIFT;
    }

    static int actor(int action) {
        return (action >>> ARGUMENT_BITS) & ACTOR_MASK;
    }

    static int argument(int action) {
        return action & ARGUMENT_MASK;
    }

    static String text(int action) {
        String sign = (char) kind(action) + "" + letter(actor(action));
        return NUMBERED.indexOf(kind(action)) < 0 ? sign : sign + argument(action);
    }

    static char letter(int actor) {
        return (char) ('a' + actor);
    }

    /** Reads what {@link #text} wrote. */
    static int parse(String text) {
        int kind = text.isEmpty() ? -1 : text.charAt(0);
        int actor = text.length() < 2 ? -1 : text.charAt(1) - 'a';
        if (SIGNS.indexOf(kind) < 0 || actor < 0 || actor >= Scenario.MAX_ACTORS) {
            throw new IllegalArgumentException("'" + text + "' is no action of a schedule");
        }
        return of(kind, actor, text.length() > 2 ? Integer.parseInt(text.substring(2)) : 0);
    }
}
