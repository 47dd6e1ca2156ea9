import java.io.FileOutputStream;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Packs files of the working folder: java Streams.java stream|system OUTPUT NAME... */
public class Streams {
  public static void main(String[] words) throws Exception {
    Path output = Path.of(words[1]).toAbsolutePath();
    if (words[0].equals("stream")) {
      try (ZipOutputStream zip = new ZipOutputStream(new FileOutputStream(output.toFile()))) {
        for (int i = 2; i < words.length; ++i) {
          zip.putNextEntry(new ZipEntry(words[i]));
          zip.write(Files.readAllBytes(Path.of(words[i])));
          zip.closeEntry();
        }
      }
      return;
    }
    try (FileSystem zip = FileSystems.newFileSystem(URI.create("jar:" + output.toUri()), Map.of("create", "true", "forceZIP64End", "true"))) {
      Files.createDirectory(zip.getPath("META-INF"));
      for (int i = 2; i < words.length; ++i) Files.write(zip.getPath(words[i]), Files.readAllBytes(Path.of(words[i])));
    }
  }
}
