import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Computes the checksums of jars according to the specification of update sites, with Java's own reader of archives.
 * The tests compare our reader with it.
 *
 * Reads one path per line, and prints one line for each: the checksum, or "-" and the reason if the file cannot be read
 * completely. Uses java.util.zip.ZipFile, or with the argument "jar" java.util.jar.JarFile, which verifies signatures.
 */
public final class JarChecksums {
  private static final int SECONDS_FOR_ONE = 300;

  public static void main(String[] arguments) throws Exception {
    boolean verify = arguments.length > 0 && arguments[0].equals("jar");
    PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    ExecutorService threads = Executors.newCachedThreadPool(task -> {
      Thread thread = new Thread(null, task, "reader", 16 << 20);
      thread.setDaemon(true);
      return thread;
    });
    for (String path = in.readLine(); path != null; path = in.readLine()) {
      File file = new File(path);
      // Some damaged archives make Java read forever.
      Future<String> result = threads.submit(() -> checksum(file, verify));
      String answer;
      try {
        answer = result.get(SECONDS_FOR_ONE, TimeUnit.SECONDS);
      } catch (ExecutionException failure) {
        Throwable cause = failure.getCause();
        answer = "- " + cause.getClass().getSimpleName() + ": " + oneLine(cause.getMessage());
      } catch (TimeoutException slow) {
        answer = "- not read within " + SECONDS_FOR_ONE + " seconds";
      }
      out.println(answer);
      out.flush();
    }
    System.exit(0);
  }

  private static String checksum(File file, boolean verify) throws Exception {
    MessageDigest sha = MessageDigest.getInstance("SHA-1");
    try (ZipFile zip = verify ? new JarFile(file) : new ZipFile(file)) {
      List<ZipEntry> entries = new ArrayList<>(Collections.list(zip.entries()));
      entries.sort(Comparator.comparing(ZipEntry::getName));
      for (ZipEntry entry : entries) {
        String name = entry.getName();
        sha.update(ascii(name));
        try (InputStream content = zip.getInputStream(entry)) {
          if (name.equals("META-INF/MANIFEST.MF")) content.transferTo(OutputStream.nullOutputStream());
          else if (name.endsWith(".properties")) new Properties(new BufferedInputStream(content)).copyTo(sha);
          else copy(content, sha);
        }
      }
    }
    StringBuilder hex = new StringBuilder();
    for (byte part : sha.digest()) hex.append(String.format("%02x", part));
    return hex.toString();
  }

  private static void copy(InputStream content, MessageDigest sha) throws IOException {
    byte[] block = new byte[1 << 16];
    for (int length = content.read(block); length >= 0; length = content.read(block)) sha.update(block, 0, length);
  }

  /** Replaces each non-ASCII character by "?". */
  private static byte[] ascii(String text) {
    int[] characters = text.codePoints().map(character -> character < 128 ? character : '?').toArray();
    byte[] bytes = new byte[characters.length];
    for (int at = 0; at < bytes.length; at++) bytes[at] = (byte) characters[at];
    return bytes;
  }

  /** The reader of .properties files, whose state is one bit. */
  private static final class Properties {
    private final InputStream content;
    private boolean atLineStart = true;

    Properties(InputStream content) {
      this.content = content;
    }

    void copyTo(MessageDigest sha) throws IOException {
      byte[] block = new byte[1 << 16];
      int length = 0;
      for (int next = next(); next >= 0; next = next()) {
        block[length++] = (byte) next;
        if (length < block.length) continue;
        sha.update(block);
        length = 0;
      }
      sha.update(block, 0, length);
    }

    private int next() throws IOException {
      int character = content.read();
      if (!atLineStart) {
        if (character == '\n') atLineStart = true;
        return character;
      }
      if (character != '#') {
        atLineStart = false;
        return character;
      }
      int within = next();
      while (within >= 0 && within != '\n') within = next();
      return within;
    }
  }

  private static String oneLine(String message) {
    return message == null ? "" : message.replaceAll("\\s+", " ");
  }
}
