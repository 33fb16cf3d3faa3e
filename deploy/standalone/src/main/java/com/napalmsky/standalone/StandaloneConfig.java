package com.napalmsky.standalone;

import com.napalmsky.shared.runtime.InvalidSetting;
import com.napalmsky.shared.runtime.Settings;
import com.napalmsky.shared.runtime.log.LogConfig;
import com.napalmsky.user.admin.AdminRules;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the program itself is told; everything else goes to the services as it is.
 *
 * @param dataDirectory where the embedded database and uploads are kept
 * @param databaseUrl of a PostgreSQL to use instead of the embedded one, or null
 * @param environment what the services are started with, with this program's own defaults filled in
 */
record StandaloneConfig(
    Path dataDirectory, @Nullable String databaseUrl, Map<String, String> environment) {

  static final String DATA_DIR = "DATA_DIR";
  static final String DATABASE_URL = "DATABASE_URL";
  static final String ACCESS_MODE = "ACCESS_MODE";
  static final String MEDIA_DIR = "USER_MEDIA_DIR";
  static final String CLUSTER = "CLUSTER";
  static final String REDIS_URL = "REDIS_URL";
  static final String FRONTEND_URL = "FRONTEND_URL";
  static final String API_BASE = "API_BASE";
  static final String PORT = "PORT";
  static final String MAIL_HOST = "MAIL_HOST";

  private static final String DEFAULT_PORT = "3001";

  StandaloneConfig {
    environment = Map.copyOf(environment);
  }

  static StandaloneConfig from(Map<String, String> environment) {
    Settings settings = new Settings(environment);
    var unused = LogConfig.from(settings);
    if (settings.flag(CLUSTER, false) && settings.optionalText(REDIS_URL) == null) {
      throw new InvalidSetting(
          CLUSTER, "is true, which needs REDIS_URL: several processes cannot share memory stores");
    }
    if (settings.flag(CLUSTER, false)) {
      throw new InvalidSetting(
          CLUSTER, "must not be true here: the standalone program is one process by design");
    }
    Map<String, String> withDefaults = new HashMap<>(environment);
    // A newcomer tries everything without paying; the services' own default is the paywall.
    withDefaults.putIfAbsent(ACCESS_MODE, "open");
    // The gateway serves the browser client, so mails and codes lead to where its API is.
    withDefaults.putIfAbsent(
        FRONTEND_URL,
        settings.text(API_BASE, "http://localhost:" + settings.text(PORT, DEFAULT_PORT)));
    Path data = Path.of(settings.text(DATA_DIR, "data"));
    withDefaults.putIfAbsent(MEDIA_DIR, data.resolve("uploads").toString());
    return new StandaloneConfig(data, settings.optionalText(DATABASE_URL), withDefaults);
  }

  /** The environment for services that use the given database. */
  Map<String, String> withDatabase(String url) {
    Map<String, String> complete = new HashMap<>(environment);
    complete.put(DATABASE_URL, url);
    return complete;
  }

  /** Whether the settings name an admin, wholly or in part. */
  boolean namesAdmin() {
    Settings settings = new Settings(environment);
    return settings.optionalText(AdminRules.USERNAME) != null
        || settings.optionalText(AdminRules.PASSWORD) != null;
  }

  /** The same with an admin. */
  StandaloneConfig withAdmin(AdminPassword admin) {
    Map<String, String> complete = new HashMap<>(environment);
    complete.put(AdminRules.USERNAME, AdminPassword.USERNAME);
    complete.put(AdminRules.PASSWORD, admin.text());
    return new StandaloneConfig(dataDirectory, databaseUrl, complete);
  }

  /** Whether mails leave the house; else they are in the log. */
  boolean sendsMail() {
    return new Settings(environment).optionalText(MAIL_HOST) != null;
  }

  boolean openAccess() {
    return "open".equalsIgnoreCase(environment.get(ACCESS_MODE));
  }

  @Override
  public String toString() {
    return "StandaloneConfig[dataDirectory=" + dataDirectory + "]";
  }
}
