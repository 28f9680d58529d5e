/**
 * Corral behind Spring's caching annotations, and its auto-configuration for Spring Boot. Needs
 * {@code spring-context} on the class path, and Boot for what is said of Boot; nothing else in
 * Corral does.
 */
@NullMarked
package dev.corral.spring;

import org.jspecify.annotations.NullMarked;
