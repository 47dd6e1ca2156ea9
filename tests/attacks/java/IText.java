import com.itextpdf.text.Document;
import com.itextpdf.text.Paragraph;
import com.itextpdf.text.Rectangle;
import com.itextpdf.text.pdf.AcroFields;
import com.itextpdf.text.pdf.PdfAnnotation;
import com.itextpdf.text.pdf.PdfReader;
import com.itextpdf.text.pdf.PdfSignatureAppearance;
import com.itextpdf.text.pdf.PdfStamper;
import com.itextpdf.text.pdf.PdfWriter;
import com.itextpdf.text.pdf.TextField;
import com.itextpdf.text.pdf.security.BouncyCastleDigest;
import com.itextpdf.text.pdf.security.LtvVerification;
import com.itextpdf.text.pdf.security.MakeSignature;
import com.itextpdf.text.pdf.security.PrivateKeySignature;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Security;
import java.security.cert.Certificate;
import java.util.Arrays;
import java.util.Collections;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/** What iText 5 makes. IText P12 PASSWORD {new|sign|etsi|visible|certify|fill|note|evidence IN OUT FIELD}… */
public class IText {
  static PrivateKey key;
  static Certificate[] chain;

  static void create(String out) throws Exception {
    Document document = new Document();
    PdfWriter writer = PdfWriter.getInstance(document, new FileOutputStream(out));
    document.open();
    document.add(new Paragraph("made by iText"));
    TextField field = new TextField(writer, new Rectangle(72, 600, 272, 620), "name");
    field.setFontSize(12);
    writer.addAnnotation(field.getTextField());
    document.close();
  }

  public static void main(String[] words) throws Exception {
    Security.addProvider(new BouncyCastleProvider());
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = new FileInputStream(words[0])) {
      store.load(in, words[1].toCharArray());
    }
    String alias = store.aliases().nextElement();
    key = (PrivateKey) store.getKey(alias, words[1].toCharArray());
    chain = store.getCertificateChain(alias);
    for (int at = 2; at + 3 < words.length; at += 4) step(words[at], words[at + 1], words[at + 2], words[at + 3]);
  }

  static void step(String verb, String in, String to, String field) throws Exception {
    if (verb.equals("new")) {
      create(to);
      return;
    }
    PdfReader reader = new PdfReader(in);
    FileOutputStream out = new FileOutputStream(to);
    switch (verb) {
      case "fill": {
        PdfStamper stamper = new PdfStamper(reader, out, '\0', true);
        AcroFields form = stamper.getAcroFields();
        form.setField("name", "Somebody Invented");
        stamper.close();
        return;
      }
      case "note": {
        PdfStamper stamper = new PdfStamper(reader, out, '\0', true);
        stamper.addAnnotation(PdfAnnotation.createText(stamper.getWriter(), new Rectangle(500, 20, 520, 40), "note", "please check", false, "Comment"), 1);
        stamper.close();
        return;
      }
      case "evidence": {
        PdfStamper stamper = new PdfStamper(reader, out, '\0', true);
        LtvVerification evidence = stamper.getLtvVerification();
        String name = reader.getAcroFields().getSignatureNames().get(0);
        evidence.addVerification(name, Collections.<byte[]>emptyList(), Collections.<byte[]>emptyList(), Arrays.asList(chain[0].getEncoded(), chain[1].getEncoded()));
        evidence.merge();
        stamper.close();
        return;
      }
      default: {
        PdfStamper stamper = PdfStamper.createSignature(reader, out, '\0', null, true);
        PdfSignatureAppearance appearance = stamper.getSignatureAppearance();
        appearance.setReason("Invented reason");
        if (verb.equals("visible")) appearance.setVisibleSignature(new Rectangle(72, 100, 272, 150), 1, field);
        else appearance.setVisibleSignature(new Rectangle(0, 0, 0, 0), 1, field);
        if (verb.equals("certify")) appearance.setCertificationLevel(PdfSignatureAppearance.CERTIFIED_FORM_FILLING_AND_ANNOTATIONS);
        MakeSignature.signDetached(appearance, new BouncyCastleDigest(), new PrivateKeySignature(key, "SHA-256", "BC"), chain, null, null, null, 0,
            verb.equals("etsi") ? MakeSignature.CryptoStandard.CADES : MakeSignature.CryptoStandard.CMS);
      }
    }
  }
}
