package dev.corral.architecture;

import dev.corral.PlantedInRoot;

/** Half of a cycle that the rules must see. */
public record PlantedInSubpackage(PlantedInRoot other) {}
