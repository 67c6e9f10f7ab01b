package io.sluice.stress.jcstress.run;

import java.util.List;
import java.util.stream.IntStream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A part of a list: each {@code of}-th element, from the {@code index}-th on.
 *
 * @param index which, from 1 on
 * @param of how many parts there are
 */
record Part(int index, int of) {

    /** Everything. */
    static final Part ALL = new Part(1, 1);

    /** The elements of {@code list} that belong to it. */
    <T> List<T> of(List<T> list) {
        return IntStream.range(0, list.size())
                .filter(place -> place % of == index - 1)
                .mapToObj(list::get)
                .toList();
    }

    /** Reads {@code 2/3}. */
    static final class Parser implements ITypeConverter<Part> {

        @Override
        public Part convert(String text) {
            if (text.matches("\\d{1,4}/\\d{1,4}")) {
                int slash = text.indexOf('/');
                int index = Integer.parseInt(text.substring(0, slash));
                int of = Integer.parseInt(text.substring(slash + 1));
                if (index >= 1 && index <= of) {
                    return new Part(index, of);
                }
            }
            throw new TypeConversionException("'" + text + "' is no part such as 2/3");
        }
    }
}
