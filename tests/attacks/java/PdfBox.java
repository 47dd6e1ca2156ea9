import java.io.File;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Calendar;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSUpdateInfo;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.PDResources;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAnnotationText;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAnnotationWidget;
import org.apache.pdfbox.pdmodel.interactive.digitalsignature.PDSignature;
import org.apache.pdfbox.pdmodel.interactive.form.PDAcroForm;
import org.apache.pdfbox.pdmodel.interactive.form.PDTextField;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.jcajce.JcaSignerInfoGeneratorBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;

/** What Apache PDFBox 2 and Bouncy Castle make. PdfBox P12 PASSWORD {new|sign|certify|fill|note IN OUT -}… */
public class PdfBox {
  static PrivateKey key;
  static Certificate[] chain;

  static byte[] cms(InputStream content) throws Exception {
    CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
    generator.addSignerInfoGenerator(new JcaSignerInfoGeneratorBuilder(new JcaDigestCalculatorProviderBuilder().build())
        .build(new JcaContentSignerBuilder("SHA256withRSA").build(key), (X509Certificate) chain[0]));
    generator.addCertificates(new JcaCertStore(Arrays.asList(chain)));
    return generator.generate(new CMSProcessableByteArray(content.readAllBytes()), false).getEncoded();
  }

  static void certify(PDDocument document, PDSignature signature, int level) {
    COSDictionary parameters = new COSDictionary();
    parameters.setItem(COSName.TYPE, COSName.getPDFName("TransformParams"));
    parameters.setInt(COSName.P, level);
    parameters.setName(COSName.V, "1.2");
    COSDictionary reference = new COSDictionary();
    reference.setItem(COSName.TYPE, COSName.getPDFName("SigRef"));
    reference.setItem(COSName.getPDFName("TransformMethod"), COSName.getPDFName("DocMDP"));
    reference.setItem(COSName.getPDFName("TransformParams"), parameters);
    COSArray references = new COSArray();
    references.add(reference);
    signature.getCOSObject().setItem(COSName.getPDFName("Reference"), references);
    COSDictionary catalog = document.getDocumentCatalog().getCOSObject();
    COSDictionary permissions = new COSDictionary();
    permissions.setItem(COSName.getPDFName("DocMDP"), signature);
    catalog.setItem(COSName.PERMS, permissions);
    catalog.setNeedToBeUpdated(true);
  }

  /** An incremental save writes what is marked, and finds it on marked ways from the trailer alone. */
  static void renew(COSBase... objects) {
    for (COSBase object : objects) {
      if (object instanceof COSUpdateInfo) ((COSUpdateInfo) object).setNeedToBeUpdated(true);
    }
  }

  static void create(String out) throws Exception {
    try (PDDocument document = new PDDocument()) {
      PDPage page = new PDPage(PDRectangle.A4);
      document.addPage(page);
      try (PDPageContentStream content = new PDPageContentStream(document, page)) {
        content.beginText();
        content.setFont(PDType1Font.HELVETICA, 12);
        content.newLineAtOffset(72, 720);
        content.showText("made by PDFBox");
        content.endText();
      }
      PDAcroForm form = new PDAcroForm(document);
      document.getDocumentCatalog().setAcroForm(form);
      PDResources resources = new PDResources();
      resources.put(COSName.getPDFName("Helv"), PDType1Font.HELVETICA);
      form.setDefaultResources(resources);
      form.setDefaultAppearance("/Helv 12 Tf 0 g");
      PDTextField field = new PDTextField(form);
      field.setPartialName("name");
      form.getFields().add(field);
      PDAnnotationWidget widget = field.getWidgets().get(0);
      widget.setRectangle(new PDRectangle(72, 600, 200, 20));
      widget.setPage(page);
      widget.setPrinted(true);
      page.getAnnotations().add(widget);
      field.setValue("");
      document.save(out);
    }
  }

  public static void main(String[] words) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = new FileInputStream(words[0])) {
      store.load(in, words[1].toCharArray());
    }
    String alias = store.aliases().nextElement();
    key = (PrivateKey) store.getKey(alias, words[1].toCharArray());
    chain = store.getCertificateChain(alias);
    for (int at = 2; at + 3 < words.length; at += 4) step(words[at], words[at + 1], words[at + 2]);
  }

  static void step(String verb, String in, String out) throws Exception {
    if (verb.equals("new")) {
      create(out);
      return;
    }
    try (PDDocument document = PDDocument.load(new File(in)); OutputStream stream = new FileOutputStream(out)) {
      if (verb.equals("fill")) {
        PDTextField field = (PDTextField) document.getDocumentCatalog().getAcroForm().getField("name");
        field.setValue("Somebody Invented");
        COSDictionary form = document.getDocumentCatalog().getAcroForm().getCOSObject();
        renew(document.getDocumentCatalog().getCOSObject(), form, form.getDictionaryObject(COSName.FIELDS), field.getCOSObject());
        COSDictionary appearance = (COSDictionary) field.getWidgets().get(0).getCOSObject().getDictionaryObject(COSName.AP);
        renew(appearance, appearance.getDictionaryObject(COSName.N));
      } else if (verb.equals("note")) {
        PDAnnotationText note = new PDAnnotationText();
        note.setRectangle(new PDRectangle(500, 20, 20, 20));
        note.setContents("please check");
        PDPage page = document.getPage(0);
        page.getAnnotations().add(note);
        COSDictionary pages = document.getPages().getCOSObject();
        renew(document.getDocumentCatalog().getCOSObject(), pages, pages.getDictionaryObject(COSName.KIDS), page.getCOSObject(), page.getCOSObject().getDictionaryObject(COSName.ANNOTS), note.getCOSObject());
      } else {
        PDSignature signature = new PDSignature();
        signature.setFilter(PDSignature.FILTER_ADOBE_PPKLITE);
        signature.setSubFilter(PDSignature.SUBFILTER_ADBE_PKCS7_DETACHED);
        signature.setName("Invented signer");
        signature.setSignDate(Calendar.getInstance());
        if (verb.equals("certify")) certify(document, signature, 3);
        document.addSignature(signature, content -> {
          try {
            return cms(content);
          } catch (Exception problem) {
            throw new java.io.IOException(problem);
          }
        });
      }
      document.saveIncremental(stream);
    }
  }
}
