import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.PrintStream;
import java.io.StringReader;
import javax.xml.parsers.SAXParserFactory;
import org.xml.sax.InputSource;
import org.xml.sax.SAXParseException;
import org.xml.sax.XMLReader;
import org.xml.sax.helpers.DefaultHandler;

/**
 * Parses documents like clients: with the SAX parser of the JDK, with namespaces, and with empty external entities.
 * Reads each document from standard input as its length (4 bytes) and its bytes. Writes one line per document: "+" if
 * it is accepted, or "-" and the reason. With the argument "ide", document types are refused, like in IDEs since 2025.
 */
public class JavaXml {
  public static void main(String[] arguments) throws Exception {
    SAXParserFactory factory = SAXParserFactory.newInstance();
    factory.setNamespaceAware(true);
    if (arguments.length > 0) factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
    DataInputStream in = new DataInputStream(new BufferedInputStream(System.in, 1 << 16));
    PrintStream out = new PrintStream(new BufferedOutputStream(System.out, 1 << 16), false, "UTF-8");
    for (;;) {
      byte[] document;
      try {
        document = new byte[in.readInt()];
      } catch (EOFException end) {
        break;
      }
      in.readFully(document);
      out.println(judge(factory, document));
    }
    out.flush();
  }

  private static String judge(SAXParserFactory factory, byte[] document) {
    try {
      XMLReader reader = factory.newSAXParser().getXMLReader();
      DefaultHandler handler = new DefaultHandler() {
        @Override
        public InputSource resolveEntity(String publicId, String systemId) {
          return new InputSource(new StringReader(""));
        }

        @Override
        public void fatalError(SAXParseException error) throws SAXParseException {
          throw error;
        }
      };
      reader.setContentHandler(handler);
      reader.setErrorHandler(handler);
      reader.setEntityResolver(handler);
      reader.parse(new InputSource(new ByteArrayInputStream(document)));
      return "+";
    } catch (Exception | Error error) {
      return "-" + String.valueOf(error.getMessage()).replaceAll("\\s+", " ");
    }
  }
}
