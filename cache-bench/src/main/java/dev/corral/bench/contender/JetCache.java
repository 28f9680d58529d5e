package dev.corral.bench.contender;

import static com.alicp.jetcache.anno.CacheConsts.DEFAULT_AREA;

import com.alicp.jetcache.Cache;
import com.alicp.jetcache.CacheBuilder;
import com.alicp.jetcache.SimpleCacheManager;
import com.alicp.jetcache.anno.CacheType;
import com.alicp.jetcache.embedded.CaffeineCacheBuilder;
import com.alicp.jetcache.redis.lettuce.RedisLettuceCacheBuilder;
import com.alicp.jetcache.support.Fastjson2KeyConvertor;
import com.alicp.jetcache.support.JavaValueDecoder;
import com.alicp.jetcache.support.JavaValueEncoder;
import com.alicp.jetcache.template.CacheBuilderTemplate;
import com.alicp.jetcache.template.NotifyMonitorInstaller;
import com.alicp.jetcache.template.QuickConfig;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.codec.ByteArrayCodec;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/**
 * JetCache with both tiers, Caffeine and Redis through Lettuce: one load for a key in each process
 * at a time (penetration protection), and local copies dropped on the other nodes when a value
 * changes (a broadcast channel and {@code syncLocal}).
 *
 * @see <a href="https://github.com/alibaba/jetcache/blob/master/docs/EN/CreateCache.md">Creating a
 *     cache</a>
 * @see <a href="https://github.com/alibaba/jetcache/blob/master/docs/EN/RedisWithLettuce.md">Redis
 *     with Lettuce</a>
 */
final class JetCache implements Contender {
  private final Setup setup;
  private final RedisClient redis;
  private final SimpleCacheManager manager = new SimpleCacheManager();
  private final Cache<String, Page> pages;

  JetCache(Setup setup) {
    this.setup = setup;
    redis = connect(setup);
    Map<String, CacheBuilder> local =
        Map.of(
            DEFAULT_AREA,
            CaffeineCacheBuilder.createCaffeineCacheBuilder()
                .keyConvertor(Fastjson2KeyConvertor.INSTANCE));
    Map<String, CacheBuilder> remote = Map.of(DEFAULT_AREA, remote());
    var template = new CacheBuilderTemplate(true, local, remote);
    template
        .getCacheMonitorInstallers()
        .add(new NotifyMonitorInstaller(area -> template.getCacheBuilder(1, area)));
    manager.setCacheBuilderTemplate(template);
    pages =
        manager.getOrCreateCache(
            QuickConfig.newBuilder(setup.namespace() + ":")
                .cacheType(CacheType.BOTH)
                .localLimit(setup.pages())
                .penetrationProtect(true)
                .penetrationProtectTimeout(setup.limits().load())
                .syncLocal(true)
                .build());
  }

  private static RedisClient connect(Setup setup) {
    RedisURI uri = RedisURI.create(setup.redis().toString());
    uri.setTimeout(setup.limits().redis());
    var client = RedisClient.create(uri);
    client.setOptions(
        ClientOptions.builder().disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS).build());
    return client;
  }

  private CacheBuilder remote() {
    var builder =
        RedisLettuceCacheBuilder.createRedisLettuceCacheBuilder()
            .keyConvertor(Fastjson2KeyConvertor.INSTANCE)
            .valueEncoder(JavaValueEncoder.INSTANCE)
            .valueDecoder(JavaValueDecoder.INSTANCE)
            .broadcastChannel(setup.namespace());
    builder.setRedisClient(redis);
    builder.setPubSubConnection(redis.connectPubSub(ByteArrayCodec.INSTANCE));
    builder.setAsyncResultTimeoutInMillis(setup.limits().redisMillis());
    return builder;
  }

  @Override
  public Page get(String key) throws Exception {
    long lifeMillis = setup.lifetimes().of(key).toMillis();
    try {
      return pages.computeIfAbsent(key, this::load, false, lifeMillis, TimeUnit.MILLISECONDS);
    } catch (CompletionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }

  private Page load(String key) {
    try {
      return setup.origin().load(key);
    } catch (Exception e) {
      throw new CompletionException(e);
    }
  }

  @Override
  public void invalidate(String key) {
    pages.remove(key);
  }

  @Override
  public void close() {
    manager.close();
    redis.shutdown();
  }
}
