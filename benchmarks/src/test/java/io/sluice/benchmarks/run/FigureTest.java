package io.sluice.benchmarks.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class FigureTest {

    @Test
    void takesTheMiddleOfAnOddNumberOfForks() {
        assertEquals(new Figure(2, 1, 9), Figure.of(List.of(9.0, 1.0, 2.0)));
    }

    @Test
    void takesTheMeanOfTheTwoMiddleForksOfAnEvenNumber() {
        assertEquals(new Figure(2.5, 1, 9), Figure.of(List.of(9.0, 1.0, 2.0, 3.0)));
    }

    @Test
    void refusesToBeMadeOfNothing() {
        assertThrows(IllegalArgumentException.class, () -> Figure.of(List.of()));
    }
}
