package dev.corral.servers.faults;

/**
 * What became of the published messages that Redis sent through a {@link FaultProxy}.
 *
 * @param passed handed on towards the client, each counted once, when it was
 * @param dropped never handed on
 * @param duplicated handed on twice; counted among the passed as well
 * @param delayed kept back for some time by {@code delayMessages}, whether that is over or not
 * @param held kept back at this moment by {@code holdMessages} or {@code reverseMessages}
 */
public record MessageCounts(long passed, long dropped, long duplicated, long delayed, long held) {}
