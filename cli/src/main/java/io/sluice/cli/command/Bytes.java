package io.sluice.cli.command;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads numbers of bytes such as {@code 4096}, {@code 64K}, {@code 1M}, {@code 2G}. */
final class Bytes implements ITypeConverter<Long> {

    private static final Pattern FORM = Pattern.compile("(\\d{1,15})([KMG]?)i?B?", Pattern.CASE_INSENSITIVE);

    @Override
    public Long convert(String value) {
        Matcher matcher = FORM.matcher(value);
        if (!matcher.matches()) {
            throw new TypeConversionException("'" + value + "' is not a number of bytes such as 4096, 64K, 1M");
        }
        long number = Long.parseLong(matcher.group(1));
        int shift =
                switch (matcher.group(2)) {
                    case "K", "k" -> 10;
                    case "M", "m" -> 20;
                    case "G", "g" -> 30;
                    default -> 0;
                };
        if (number > Long.MAX_VALUE >> shift) {
            throw new TypeConversionException("'" + value + "' is too large");
        }
        return number << shift;
    }
}
