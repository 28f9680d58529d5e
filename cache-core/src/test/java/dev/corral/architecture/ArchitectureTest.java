package dev.corral.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
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

  /** They fit caches to what others have built, and nothing in Corral knows of them. */
  private static final String[] ADAPTERS = {"dev.corral.micrometer..", "dev.corral.spring.."};

  private static final ArchRule NOBODY_NEEDS_ADAPTERS =
      noClasses()
          .that()
          .resideOutsideOfPackages(ADAPTERS)
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(
                  "dev.corral.micrometer..",
                  "dev.corral.spring..",
                  "io.micrometer..",
                  "org.springframework.."));

  private static final ArchRule NO_LOOK_UP =
      noClasses()
          .that()
          .resideInAPackage("dev.corral.*..")
          .and()
          .resideOutsideOfPackages(ADAPTERS)
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
  void nothingNeedsMicrometerOrSpringButTheirAdapters() {
    NOBODY_NEEDS_ADAPTERS.check(MainClasses.ALL);
    assertThat(MainClasses.ALL).anyMatch(type -> type.getName().contains(".micrometer."));
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
  void theHttpClientKnowsOfOriginsAndOfNothingElse() {
    noClasses()
        .that()
        .resideInAPackage("dev.corral.http..")
        .should()
        .dependOnClassesThat(
            resideInAPackage("dev.corral..")
                .and(not(resideInAPackage("dev.corral.http..")))
                .and(not(resideInAPackage("dev.corral.origin"))))
        .check(MainClasses.ALL);
  }

  @Test
  void nothingButItsOwnPackageAndItsMetersNeedTheHttpClient() {
    noClasses()
        .that()
        .resideOutsideOfPackages("dev.corral.http..", "dev.corral.micrometer..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.corral.http..", "java.net.http..")
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
  void nothingButItsOwnPackageNeedsAServer() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.corral.idempotency.httpserver")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.sun.net.httpserver..")
        .check(MainClasses.ALL);
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.corral.idempotency.servlet")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("jakarta.servlet..")
        .check(MainClasses.ALL);
    assertThat(MainClasses.ALL)
        .anyMatch(type -> type.getName().contains(".httpserver."))
        .anyMatch(type -> type.getName().contains(".servlet."));
  }

  @Test
  void nobodyNeedsIdempotencyOverHttpButTheServersFilters() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "dev.corral.idempotency.http",
            "dev.corral.idempotency.httpserver",
            "dev.corral.idempotency.servlet")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.corral.idempotency.http",
            "dev.corral.idempotency.httpserver",
            "dev.corral.idempotency.servlet")
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
            "BulkResult",
            "CacheBuilder",
            "CacheHealth",
            "CacheListener",
            "Change",
            "ContextLoader",
            "CorralException",
            "Explanation",
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
            "PartialLoadException",
            "Loader",
            "TagPolicy",
            "Ticker",
            "TieredCache",
            "Undelivered",
            "UndeliveredException",
            "Writer");
  }
}
