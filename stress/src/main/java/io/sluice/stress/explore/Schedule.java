package io.sluice.stress.explore;

import java.util.ArrayList;
import java.util.List;

/**
 * Where an execution left the ordinary course of things: enough to run it again. As text
 * {@code scenario/MODEL/step action,step action...}, for example {@code spsc.take/TSO/12>b,31!a}.
 *
 * @param scenario name of the scenario
 * @param model what was allowed
 * @param steps accesses performed before each deviation, ascending
 * @param actions what happened, see {@link Action}
 */
record Schedule(String scenario, MemoryModel model, List<Integer> steps, List<Integer> actions) {

    Schedule {
        steps = List.copyOf(steps);
        actions = List.copyOf(actions);
    }

    static Schedule parse(String text) {
        String[] parts = text.strip().split("/", -1);
        if (parts.length != 3) {
            throw new IllegalArgumentException("'" + text + "' is not scenario/MODEL/deviations");
        }
        List<Integer> steps = new ArrayList<>();
        List<Integer> actions = new ArrayList<>();
        for (String deviation : parts[2].isEmpty() ? new String[0] : parts[2].split(",", -1)) {
            int digits = 0;
            while (digits < deviation.length() && Character.isDigit(deviation.charAt(digits))) {
                digits++;
            }
            steps.add(Integer.parseInt(deviation.substring(0, digits)));
            actions.add(Action.parse(deviation.substring(digits)));
        }
        return new Schedule(parts[0], MemoryModel.parse(parts[1]), steps, actions);
    }

    @Override
    public String toString() {
        StringBuilder text =
                new StringBuilder(scenario).append('/').append(model).append('/');
        for (int i = 0; i < steps.size(); i++) {
            text.append(i == 0 ? "" : ",").append(steps.get(i)).append(Action.text(actions.get(i)));
        }
        return text.toString();
    }
}
