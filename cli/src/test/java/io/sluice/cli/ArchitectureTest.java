package io.sluice.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;

/**
 * The shape of the whole code base, checked on the compiled classes of every module that the command can see. A rule
 * about a package that is still empty holds; {@link #seesTheModules} makes sure that the rules look at something.
 */
@AnalyzeClasses(packages = "io.sluice", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String MEMORY = "io.sluice.api.memory..";
    private static final String RINGS = "io.sluice.ringbuffer..";
    private static final String LOCKS = "io.sluice.locks..";

    private static final DescribedPredicate<JavaClass> MAPPED_STORES = JavaClass.Predicates.resideInAPackage(
                    "net.openhft.chronicle.bytes..")
            .and(JavaClass.Predicates.simpleNameStartingWith("Mapped"))
            .as("Chronicle's mapped stores");

    @ArchTest
    static final ArchRule onlyTheMemoryPackageTouchesRawMemory = noClasses()
            .that()
            .resideOutsideOfPackage(MEMORY)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("net.openhft.chronicle.core..", "sun..", "jdk.internal..")
            .because("every access to shared memory goes through RegionMemory, or the explorer would miss it");

    @ArchTest
    static final ArchRule onlyTheMemoryPackageMapsFiles = noClasses()
            .that()
            .resideOutsideOfPackage(MEMORY)
            .should()
            .dependOnClassesThat(MAPPED_STORES)
            .because("whether Chronicle or the JVM maps a region is decided in one place");

    @ArchTest
    static final ArchRule onlyTheOsPackageCallsNativeCode = noClasses()
            .that()
            .resideOutsideOfPackage("io.sluice.api.os..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.sun.jna..")
            .because("the platform is told apart in one place");

    @ArchTest
    static final ArchRule apiKnowsNoImplementation = noClasses()
            .that()
            .resideInAPackage("io.sluice.api..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(RINGS, LOCKS);

    @ArchTest
    static final ArchRule ringsKnowNoLocks = noClasses()
            .that()
            .resideInAPackage(RINGS)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(LOCKS);

    @ArchTest
    static final ArchRule locksKnowNoRings = noClasses()
            .that()
            .resideInAPackage(LOCKS)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(RINGS);

    /** A façade such as Rings finds its providers, and providers create what the façade's package describes. */
    @ArchTest
    static final ArchRule packagesHaveNoCycles = slices().matching("io.sluice.(**)")
            .should()
            .beFreeOfCycles()
            .ignoreDependency(
                    JavaClass.Predicates.resideInAnyPackage("io.sluice.api.ring", "io.sluice.api.lock"),
                    JavaClass.Predicates.resideInAPackage("io.sluice.api.spi"));

    @ArchTest
    static final ArchRule layoutsHoldOnlyConstants = fields().that()
            .areDeclaredInClassesThat()
            .haveSimpleNameEndingWith("Layout")
            .should()
            .beStatic()
            .andShould()
            .beFinal()
            .because("a layout says where things are; it has no state");

    @ArchTest
    static final ArchRule layoutsAreFinal =
            classes().that().haveSimpleNameEndingWith("Layout").should().haveModifier(JavaModifier.FINAL);

    @ArchTest
    static void seesTheModules(JavaClasses classes) {
        for (String module : List.of(
                "io.sluice.api", "io.sluice.ringbuffer", "io.sluice.locks", "io.sluice.cli", "io.sluice.examples")) {
            assertTrue(
                    classes.stream().anyMatch(type -> type.getPackageName().startsWith(module)),
                    () -> "no class of " + module + " was looked at");
        }
    }
}
