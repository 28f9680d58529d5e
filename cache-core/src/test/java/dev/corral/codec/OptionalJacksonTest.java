package dev.corral.codec;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Jackson may be missing: a JVM then loads every class but {@link JacksonCodec}. */
class OptionalJacksonTest {

  private final JavaClasses classes =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.corral");

  @Test
  void nothingElseNeedsJackson() {
    noClasses()
        .that()
        .doNotHaveSimpleName("JacksonCodec")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.fasterxml..")
        .check(classes);
  }

  @Test
  void nothingElseNeedsTheCodec() {
    noClasses()
        .that()
        .doNotHaveSimpleName("JacksonCodec")
        .and()
        .doNotHaveSimpleName("JsonValues")
        .should()
        .dependOnClassesThat(simpleName("JacksonCodec"))
        .check(classes);
  }
}
