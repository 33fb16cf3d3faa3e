package com.napalmsky.gateway.http;

import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/** What is shown to people who come with a browser, besides the operations. */
public interface Pages {

  /**
   * How somebody asks.
   *
   * @param path as it was sent
   * @param html whether a page is wanted rather than data
   * @param acceptEncoding the header; empty for none, and for who wants nothing compressed
   * @param ifNoneMatch the header, or null
   */
  record Ask(String path, boolean html, String acceptEncoding, @Nullable String ifNoneMatch) {}

  /**
   * A page or a file.
   *
   * @return null when this is left to the operations
   */
  @Nullable Future<Answer> find(Ask ask);

  /**
   * What people see where there is nothing.
   *
   * @return null for who wants no page
   */
  @Nullable Future<Answer> missing(Ask ask);

  /** None at all. */
  Pages NONE =
      new Pages() {
        @Override
        public @Nullable Future<Answer> find(Ask ask) {
          return null;
        }

        @Override
        public @Nullable Future<Answer> missing(Ask ask) {
          return null;
        }
      };
}
