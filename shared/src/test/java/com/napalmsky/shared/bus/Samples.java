package com.napalmsky.shared.bus;

import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Deterministic instances of contract records, one for each case of a sealed type inside. */
final class Samples {

  private Samples() {}

  static List<Object> of(Type type, String name) {
    if (type instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      return generic.getRawType() == Map.class
          ? List.of(Map.of(name, name + " value"))
          : of(arguments[0], name).stream().<Object>map(List::of).toList();
    }
    Class<?> plain = (Class<?>) type;
    if (plain.isSealed() && plain.isInterface()) {
      return Arrays.stream(plain.getPermittedSubclasses())
          .flatMap(permitted -> of(permitted, name).stream())
          .toList();
    }
    if (plain.isRecord()) {
      return records(plain);
    }
    if (plain.isEnum()) {
      return List.of(plain.getEnumConstants()[plain.getEnumConstants().length - 1]);
    }
    return List.of(value(plain, name));
  }

  private static Object value(Class<?> type, String name) {
    if (type == String.class) {
      return name + " é \"quoted\"";
    }
    if (type == UUID.class) {
      return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }
    if (type == Instant.class) {
      return Instant.parse("2026-01-02T03:04:05.678Z");
    }
    if (type == int.class || type == Integer.class) {
      return 7;
    }
    if (type == long.class || type == Long.class) {
      return 9_000_000_000L;
    }
    if (type == boolean.class || type == Boolean.class) {
      return true;
    }
    throw new IllegalArgumentException("no sample for a " + type);
  }

  private static List<Object> records(Class<?> type) {
    RecordComponent[] components = type.getRecordComponents();
    List<List<Object>> options =
        Arrays.stream(components)
            .map(component -> of(component.getGenericType(), component.getName()))
            .toList();
    int most = options.stream().mapToInt(List::size).max().orElse(1);
    List<Object> samples = new ArrayList<>();
    for (int i = 0; i < most; i++) {
      int each = i;
      samples.add(
          create(
              type,
              components,
              options.stream()
                  .map(option -> option.get(Math.min(each, option.size() - 1)))
                  .toArray()));
    }
    return samples;
  }

  private static Object create(Class<?> type, RecordComponent[] components, Object[] values) {
    try {
      Class<?>[] types =
          Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
      Constructor<?> constructor = type.getDeclaredConstructor(types);
      return constructor.newInstance(values);
    } catch (ReflectiveOperationException broken) {
      throw new IllegalStateException(type.getName(), broken);
    }
  }
}
