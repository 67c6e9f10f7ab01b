package io.sluice.cli.command;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** Rows of cells, printed in columns as wide as needed. A note takes the rest of its row and widens nothing. */
final class Table {

    private final List<List<String>> rows = new ArrayList<>();
    private final int[] widths;

    Table(List<String> headings) {
        widths = new int[headings.size()];
        add(headings);
    }

    /** Adds a row; missing cells are empty. */
    void add(List<String> cells) {
        for (int column = 0; column < cells.size(); column++) {
            widths[column] = Math.max(widths[column], cells.get(column).length());
        }
        rows.add(List.copyOf(cells));
    }

    /** Adds a row of a first cell and a text of any length. */
    void addNote(String first, String note) {
        widths[0] = Math.max(widths[0], first.length());
        rows.add(List.of(first, note));
    }

    void print(PrintStream out) {
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < row.size(); column++) {
                String cell = row.get(column);
                line.append(cell)
                        .append(" ".repeat(Math.max(0, widths[column] - cell.length())))
                        .append("  ");
            }
            out.println(line.toString().stripTrailing());
        }
    }
}
