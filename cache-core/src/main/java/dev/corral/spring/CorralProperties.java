package dev.corral.spring;

import dev.corral.Undelivered;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The properties {@code corral.caches.NAME.…}, each of which is the option of that name of a cache,
 * and what concerns all caches.
 */
@ConfigurationProperties("corral")
public class CorralProperties {

  private Map<String, CacheProperties> caches = new LinkedHashMap<>();
  private boolean transactionAware;

  /** Creates the properties of no cache. */
  public CorralProperties() {}

  /** Returns the properties of each cache, by its name. */
  public Map<String, CacheProperties> getCaches() {
    return caches;
  }

  /** Sets the properties of each cache, by its name. */
  public void setCaches(Map<String, CacheProperties> caches) {
    this.caches = caches;
  }

  /** Whether what Spring's annotations put and evict waits for the transaction to commit. */
  public boolean isTransactionAware() {
    return transactionAware;
  }

  /** Sets transactionAware. */
  public void setTransactionAware(boolean transactionAware) {
    this.transactionAware = transactionAware;
  }

  /** The properties of one cache. What is not set is as {@code CacheBuilder} has it. */
  public static class CacheProperties {
    private boolean enabled = true;
    private @Nullable Duration freshFor;
    private @Nullable Duration staleFor;
    private @Nullable Duration absentFor;
    private @Nullable Double jitter;
    private @Nullable Double refreshAhead;
    private @Nullable Long maximumSize;
    private @Nullable Duration loadTimeout;
    private @Nullable Duration softTimeout;
    private @Nullable Duration leaseTime;
    private @Nullable Duration failureBackoffBase;
    private @Nullable Duration failureBackoffCap;
    private @Nullable Duration syncInterval;
    private @Nullable Duration localWhileDisconnected;
    private @Nullable Undelivered onUndelivered;
    private boolean remote = true;
    private @Nullable Class<?> type;
    private @Nullable String schema;
    private @Nullable Integer maximumValueBytes;

    /** Creates the properties of a cache of which nothing is said. */
    public CacheProperties() {}

    /** Whether the cache caches; if not, every load goes to the origin. */
    public boolean isEnabled() {
      return enabled;
    }

    /** Sets enabled. */
    public void setEnabled(boolean enabled) {
      this.enabled = enabled;
    }

    /** How long a value is served as it is. */
    public @Nullable Duration getFreshFor() {
      return freshFor;
    }

    /** Sets freshFor. */
    public void setFreshFor(@Nullable Duration freshFor) {
      this.freshFor = freshFor;
    }

    /** How long after that it may be served while it is loaded anew. */
    public @Nullable Duration getStaleFor() {
      return staleFor;
    }

    /** Sets staleFor. */
    public void setStaleFor(@Nullable Duration staleFor) {
      this.staleFor = staleFor;
    }

    /** How long it is remembered that the origin has no value. */
    public @Nullable Duration getAbsentFor() {
      return absentFor;
    }

    /** Sets absentFor. */
    public void setAbsentFor(@Nullable Duration absentFor) {
      this.absentFor = absentFor;
    }

    /** By which share of it lives are shortened at most, from 0 to below 1. */
    public @Nullable Double getJitter() {
      return jitter;
    }

    /** Sets jitter. */
    public void setJitter(@Nullable Double jitter) {
      this.jitter = jitter;
    }

    /** How early values are refreshed before they are stale, in terms of what their load costs. */
    public @Nullable Double getRefreshAhead() {
      return refreshAhead;
    }

    /** Sets refreshAhead. */
    public void setRefreshAhead(@Nullable Double refreshAhead) {
      this.refreshAhead = refreshAhead;
    }

    /** How many values a node holds at most. */
    public @Nullable Long getMaximumSize() {
      return maximumSize;
    }

    /** Sets maximumSize. */
    public void setMaximumSize(@Nullable Long maximumSize) {
      this.maximumSize = maximumSize;
    }

    /** How long a caller waits for a load at most. */
    public @Nullable Duration getLoadTimeout() {
      return loadTimeout;
    }

    /** Sets loadTimeout. */
    public void setLoadTimeout(@Nullable Duration loadTimeout) {
      this.loadTimeout = loadTimeout;
    }

    /** How long a caller waits for a fresh value while there is a stale one. */
    public @Nullable Duration getSoftTimeout() {
      return softTimeout;
    }

    /** Sets softTimeout. */
    public void setSoftTimeout(@Nullable Duration softTimeout) {
      this.softTimeout = softTimeout;
    }

    /** How long a node that died keeps others from loading. */
    public @Nullable Duration getLeaseTime() {
      return leaseTime;
    }

    /** Sets leaseTime. */
    public void setLeaseTime(@Nullable Duration leaseTime) {
      this.leaseTime = leaseTime;
    }

    /** For how long a key is left alone after its first failure, at most. */
    public @Nullable Duration getFailureBackoffBase() {
      return failureBackoffBase;
    }

    /** Sets failureBackoffBase. */
    public void setFailureBackoffBase(@Nullable Duration failureBackoffBase) {
      this.failureBackoffBase = failureBackoffBase;
    }

    /** For how long it is left alone however often it failed, at most. */
    public @Nullable Duration getFailureBackoffCap() {
      return failureBackoffCap;
    }

    /** Sets failureBackoffCap. */
    public void setFailureBackoffCap(@Nullable Duration failureBackoffCap) {
      this.failureBackoffCap = failureBackoffCap;
    }

    /** How often a node asks the remote tier how far it has come. */
    public @Nullable Duration getSyncInterval() {
      return syncInterval;
    }

    /** Sets syncInterval. */
    public void setSyncInterval(@Nullable Duration syncInterval) {
      this.syncInterval = syncInterval;
    }

    /** For how long a node serves what it holds without contact to the remote tier. */
    public @Nullable Duration getLocalWhileDisconnected() {
      return localWhileDisconnected;
    }

    /** Sets localWhileDisconnected. */
    public void setLocalWhileDisconnected(@Nullable Duration localWhileDisconnected) {
      this.localWhileDisconnected = localWhileDisconnected;
    }

    /** What becomes of an invalidation that the remote tier did not confirm. */
    public @Nullable Undelivered getOnUndelivered() {
      return onUndelivered;
    }

    /** Sets onUndelivered. */
    public void setOnUndelivered(@Nullable Undelivered onUndelivered) {
      this.onUndelivered = onUndelivered;
    }

    /** Whether the cache has a second tier, if the application has a RemoteStore. */
    public boolean isRemote() {
      return remote;
    }

    /** Sets remote. */
    public void setRemote(boolean remote) {
      this.remote = remote;
    }

    /** The class of the values, for their JSON in the remote tier. */
    public @Nullable Class<?> getType() {
      return type;
    }

    /** Sets type. */
    public void setType(@Nullable Class<?> type) {
      this.type = type;
    }

    /** Sets caches of one name apart in the remote tier. */
    public @Nullable String getSchema() {
      return schema;
    }

    /** Sets schema. */
    public void setSchema(@Nullable String schema) {
      this.schema = schema;
    }

    /** How many bytes an entry has in the remote tier at most. */
    public @Nullable Integer getMaximumValueBytes() {
      return maximumValueBytes;
    }

    /** Sets maximumValueBytes. */
    public void setMaximumValueBytes(@Nullable Integer maximumValueBytes) {
      this.maximumValueBytes = maximumValueBytes;
    }
  }
}
