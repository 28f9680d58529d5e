package dev.corral.examples.shop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.TieredCache;
import dev.corral.servers.RedisServer;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.cache.CacheManager;
import org.springframework.context.ConfigurableApplicationContext;

/** The application of docs/spring.md, with the properties that the page gives it. */
class ShopApplicationTest {

  private static final Pattern BLOCK =
      Pattern.compile("^```properties\\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);

  @Test
  void itStartsAndItsNodesShareWhatTheyLoad() throws IOException {
    try (ConfigurableApplicationContext one = start();
        ConfigurableApplicationContext other = start()) {
      Products here = one.getBean(Products.class);
      Products there = other.getBean(Products.class);
      here.save(new Product(1, "a table", 3));

      assertThat(here.find(1)).isEqualTo(new Product(1, "a table", 3));
      assertThat(there.find(1)).isEqualTo(new Product(1, "a table", 3));

      assertThat(here.reads() + there.reads()).isEqualTo(1);
      assertThat(cacheOf(one).health().remote()).isPresent();
    }
  }

  private static TieredCache<?, ?> cacheOf(ConfigurableApplicationContext context) {
    CacheManager manager = context.getBean(CacheManager.class);
    return (TieredCache<?, ?>)
        Objects.requireNonNull(manager.getCache("products")).getNativeCache();
  }

  private static ConfigurableApplicationContext start() throws IOException {
    Matcher block = BLOCK.matcher(Files.readString(Path.of("..", "docs", "spring.md")));
    assertThat(block.find()).isTrue();
    Properties properties = new Properties();
    properties.load(
        new StringReader(block.group(1).replace("com.acme.shop", Product.class.getPackageName())));
    Map<String, Object> defaults =
        properties.stringPropertyNames().stream()
            .collect(Collectors.toMap(name -> name, properties::getProperty));
    defaults.put("shop.redis", RedisServer.shared().uri().toString());
    defaults.put("spring.main.banner-mode", "off");
    SpringApplication application = new SpringApplication(ShopApplication.class);
    application.setDefaultProperties(defaults);
    return application.run();
  }
}
