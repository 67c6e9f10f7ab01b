package io.sluice.stress.jcstress;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a test of production code with one thing wrong in it, which must show an outcome that its sound sibling
 * forbids: a sibling whose twin shows nothing would show nothing either.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface BrokenTwin {

    /** The sound test, whose outcomes apply to both. */
    Class<?> of();

    /** Name of the same bug among the explorer's mutants; empty if it is not one of them. */
    String mutant() default "";

    /**
     * Why nothing can be seen of it on x86, and where it could be; empty if it must be seen everywhere. The explorer's
     * mutant covers it then.
     */
    String hiddenOnX86() default "";
}
