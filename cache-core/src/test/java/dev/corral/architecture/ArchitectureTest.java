package dev.corral.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

/** What may know what. That nothing but its codec needs Jackson is shown in the codec's package. */
class ArchitectureTest {

  private static final ArchRule NO_CYCLES = slices().matching("(**)").should().beFreeOfCycles();

  private static final ArchRule NO_LOOK_UP =
      noClasses()
          .that()
          .resideInAPackage("dev.corral.*..")
          .should()
          .dependOnClassesThat(resideInAPackage("dev.corral"));

  @Test
  void packagesAreFreeOfCycles() {
    NO_CYCLES.check(MainClasses.ALL);
  }

  @Test
  void noSubpackageLooksUp() {
    NO_LOOK_UP.check(MainClasses.ALL);
  }

  @Test
  void idempotencyKnowsNothingOfCaches() {
    noClasses()
        .that()
        .resideInAPackage("dev.corral.idempotency..")
        .should()
        .dependOnClassesThat(
            resideInAPackage("dev.corral..")
                .and(not(resideInAPackage("dev.corral.idempotency..")))
                .and(not(resideInAPackage("dev.corral.codec"))))
        .check(MainClasses.ALL);
  }

  @Test
  void nothingButItsOwnPackageNeedsJdbc() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.corral.idempotency.jdbc")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.sql", "javax.sql")
        .check(MainClasses.ALL);
  }

  @Test
  void bothRulesWouldSeeACycle() {
    JavaClasses planted =
        new ClassFileImporter()
            .importClasses(PlantedInSubpackage.class, dev.corral.PlantedInRoot.class);

    assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> NO_CYCLES.check(planted));
    assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> NO_LOOK_UP.check(planted));
  }

  @Test
  void thePublicTypesOfTheTopPackageAreThese() {
    assertThat(MainClasses.ALL)
        .filteredOn(type -> type.getPackageName().equals("dev.corral"))
        .filteredOn(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
        .filteredOn(JavaClass::isTopLevelClass)
        .extracting(JavaClass::getSimpleName)
        .containsExactlyInAnyOrder(
            "BulkLoader",
            "CacheBuilder",
            "CacheListener",
            "Change",
            "ContextLoader",
            "CorralException",
            "Freshness",
            "FreshnessPolicy",
            "InvalidationOrigin",
            "InvalidationSink",
            "InvalidationSource",
            "LoadContext",
            "LoadFailedException",
            "LoadInterruptedException",
            "LoadRejectedException",
            "LoadTimeoutException",
            "Loader",
            "TagPolicy",
            "Ticker",
            "TieredCache",
            "Undelivered",
            "UndeliveredException",
            "Writer");
  }
}
