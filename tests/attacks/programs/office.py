"""What LibreOffice signs. office.py NSS_FOLDER OUT_FOLDER EXISTING.pdf… : exports of its own, signed; and existing files, each signed by it."""
import os
import subprocess
import sys
import time

import uno
from com.sun.star.awt import Point, Size
from com.sun.star.beans import PropertyValue

DEADLINE = 60  # seconds until the office answers


def value(name, content):
    made = PropertyValue()
    made.Name, made.Value = name, content
    return made


def connect(pipe):
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext('com.sun.star.bridge.UnoUrlResolver', local)
    end = time.monotonic() + DEADLINE
    while True:
        try:
            return resolver.resolve(f'uno:pipe,name={pipe};urp;StarOffice.ComponentContext')
        except Exception:
            if time.monotonic() > end:
                raise
            time.sleep(0.2)


class Office:
    def __init__(self, context):
        self.context = context
        self.manager = context.ServiceManager
        security = self.make('com.sun.star.xml.crypto.SEInitializer').createSecurityContext('')
        self.certificate = security.getSecurityEnvironment().getPersonalCertificates()[0]

    def make(self, name):
        return self.manager.createInstanceWithContext(name, self.context)

    def export(self, path, version, form):
        desktop = self.make('com.sun.star.frame.Desktop')
        document = desktop.loadComponentFromURL('private:factory/swriter', '_blank', 0, (value('Hidden', True),))
        document.Text.insertString(document.Text.createTextCursor(), 'Signed by LibreOffice. ' * 20, False)
        if form:
            shape = document.createInstance('com.sun.star.drawing.ControlShape')
            shape.Control = self.make('com.sun.star.form.component.TextField')
            shape.Control.Name = 'name'
            shape.Size, shape.Position = Size(5000, 700), Point(3000, 9000)
            document.DrawPage.add(shape)
        entries = (value('SignPDF', True), value('SignatureCertificate', self.certificate), value('SignatureReason', 'Invented'),
                   value('SelectPdfVersion', version), value('UseTaggedPDF', True), value('ExportFormFields', form))
        filter_data = uno.Any('[]com.sun.star.beans.PropertyValue', entries)
        document.storeToURL('file://' + path, (value('FilterName', 'writer_pdf_Export'), value('FilterData', filter_data)))
        document.close(True)

    def sign(self, path):
        stream = self.make('com.sun.star.ucb.SimpleFileAccess').openFileReadWrite('file://' + path)
        signer = self.make('com.sun.star.security.DocumentDigitalSignatures')
        if not signer.signDocumentWithCertificate(self.certificate, None, stream):
            raise RuntimeError('LibreOffice does not sign ' + path)


def main(nss, out, existing):
    environment = dict(os.environ, MOZILLA_CERTIFICATE_FOLDER='sql:' + nss, HOME=out)
    pipe = f'segell{os.getpid()}'
    office = subprocess.Popen(['soffice', '--headless', '--norestore', f'-env:UserInstallation=file://{out}/profile', f'--accept=pipe,name={pipe};urp'],
                              env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        program = Office(connect(pipe))
        for name, version, form in (('export', 0, False), ('export-form', 17, True), ('export-archive', 2, False)):
            program.export(os.path.join(out, name + '.pdf'), version, form)
        for path in existing:
            program.sign(path)
    finally:
        office.terminate()
        office.wait()


main(sys.argv[1], sys.argv[2], sys.argv[3:])
