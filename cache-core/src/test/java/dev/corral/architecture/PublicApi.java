package dev.corral.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What users can call, as text: each public type, and indented below it each public member. */
final class PublicApi {

  private static final Set<String> OF_EVERY_OBJECT = Set.of("equals", "hashCode", "toString");

  private PublicApi() {}

  static List<String> lines() {
    List<String> lines = new ArrayList<>();
    MainClasses.ALL.stream()
        .filter(type -> !type.getSimpleName().endsWith("-info"))
        .map(JavaClass::reflect)
        .filter(PublicApi::isReachable)
        .sorted(Comparator.comparing(Class::getName))
        .forEach(type -> describe(type, lines));
    return lines;
  }

  private static boolean isReachable(Class<?> type) {
    Class<?> outer = type.getDeclaringClass();
    return Modifier.isPublic(type.getModifiers()) && (outer == null || isReachable(outer));
  }

  private static void describe(Class<?> type, List<String> lines) {
    lines.add(header(type));
    Stream.of(
            members(type.getDeclaredFields(), Field::toGenericString),
            members(type.getDeclaredConstructors(), Constructor::toGenericString),
            members(type.getDeclaredMethods(), Method::toGenericString))
        .flatMap(members -> members)
        .map(member -> member.replace("public ", "").replace("abstract ", ""))
        .map(member -> (" " + member).replace(" " + type.getName() + ".", " "))
        .sorted()
        .forEach(member -> lines.add(" " + member));
  }

  private static <M extends Member> Stream<String> members(M[] members, Function<M, String> text) {
    return Arrays.stream(members)
        .filter(member -> Modifier.isPublic(member.getModifiers()) && !member.isSynthetic())
        .filter(member -> !OF_EVERY_OBJECT.contains(member.getName()))
        .map(text);
  }

  private static String header(Class<?> type) {
    StringBuilder header = new StringBuilder();
    int modifiers = type.getModifiers();
    if (Modifier.isAbstract(modifiers) && !type.isInterface()) {
      header.append("abstract ");
    }
    if (Modifier.isFinal(modifiers) && !type.isRecord() && !type.isEnum()) {
      header.append("final ");
    }
    if (type.isSealed()) {
      header.append("sealed ");
    }
    header.append(kind(type)).append(' ').append(type.getName());
    if (type.getTypeParameters().length > 0) {
      header.append(join("<", ">", Arrays.stream(type.getTypeParameters())));
    }
    Type parent = type.getGenericSuperclass();
    if (parent != null && parent != Object.class && !type.isRecord() && !type.isEnum()) {
      header.append(" extends ").append(parent.getTypeName());
    }
    if (type.getInterfaces().length > 0) {
      header.append(join(" : ", "", Arrays.stream(type.getGenericInterfaces())));
    }
    return header.toString();
  }

  private static String join(String before, String after, Stream<? extends Type> types) {
    return types.map(Type::getTypeName).collect(Collectors.joining(", ", before, after));
  }

  private static String kind(Class<?> type) {
    if (type.isInterface()) {
      return "interface";
    }
    if (type.isEnum()) {
      return "enum";
    }
    return type.isRecord() ? "record" : "class";
  }
}
