package dev.corral.bench.report;

/**
 * Something that a scenario is run to find out.
 *
 * @param wanted what should be, as a sentence
 * @param found what was measured
 * @param met whether it is as it should be
 */
public record Expectation(String wanted, String found, boolean met) {}
