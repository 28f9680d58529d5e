package dev.corral;

import dev.corral.architecture.PlantedInSubpackage;

/** Half of a cycle that the rules must see. */
public record PlantedInRoot(PlantedInSubpackage other) {}
