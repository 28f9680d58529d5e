package dev.corral.remote;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/**
 * What every {@link RemoteStore} must do: each sentence of the Javadoc of {@link RemoteRegion} and
 * its companions as a test, in one part a subject.
 *
 * <p>A subclass says how to reach its server ({@link #newNode}) and how time passes there ({@link
 * #passTime}), which may really be waiting: no test waits for more than about a second, and each
 * asserts only what a slow machine cannot change.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
public abstract class RemoteStoreContract
    implements LookUpContract,
        InspectContract,
        PublishContract,
        RefreshContract,
        ExtendContract,
        AwaitContract,
        EndContract,
        FailureContract,
        ReplaceContract,
        PutContract,
        InvalidationContract,
        ClearContract,
        SeqContract,
        WriteContract,
        TagContract,
        VersionContract,
        RegionContract,
        KeyContract,
        ArgumentContract,
        RaceContract {

  private final List<RemoteStore> nodes = new ArrayList<>();
  private final RecordedEvents toldHere = new RecordedEvents();
  private final RecordedEvents toldThere = new RecordedEvents();
  private final String regionName = "contract-" + UUID.randomUUID();
  private RemoteRegion here;
  private RemoteRegion there;

  @BeforeEach
  final void openRegionOnTwoNodes() throws InterruptedException {
    here = openOnNewNode(regionName, toldHere);
    there = openOnNewNode(regionName, toldThere);
    toldHere.awaitSubscribed();
    toldThere.awaitSubscribed();
  }

  @AfterEach
  final void closeNodes() {
    nodes.forEach(RemoteStore::close);
  }

  @Override
  public final RemoteRegion here() {
    return here;
  }

  @Override
  public final RemoteRegion there() {
    return there;
  }

  @Override
  public final RecordedEvents toldHere() {
    return toldHere;
  }

  @Override
  public final RecordedEvents toldThere() {
    return toldThere;
  }

  @Override
  public final String regionName() {
    return regionName;
  }

  @Override
  public final RemoteRegion openOnNewNode(String name, RemoteEvents events) {
    RemoteStore node = newNode();
    nodes.add(node);
    return node.open(name, events);
  }
}
