package dev.corral.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.corral.TieredCache;

/** The classes that are delivered, without those of the tests. */
final class MainClasses {

  static final JavaClasses ALL =
      new ClassFileImporter()
          .importUrl(TieredCache.class.getProtectionDomain().getCodeSource().getLocation());

  private MainClasses() {}
}
