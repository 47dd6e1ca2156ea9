<?php
// What TCPDF signs. tcpdf.php PKI_FOLDER OUT_FOLDER
error_reporting(E_ERROR);
require_once '/usr/share/php/tcpdf/tcpdf.php';

[, $pki, $out] = $argv;

function make($pki, $path, $level, $bookmarks, $form, $visible)
{
    $pdf = new TCPDF('P', 'mm', 'A4', true, 'UTF-8', false);
    $pdf->setPrintHeader(false);
    $approval = $level === 0 ? 'A' : '';
    $pdf->setSignature("file://$pki/seal-rsa.pem", "file://$pki/seal-rsa.key", '', "$pki/issuing.pem", max(1, $level), ['Name' => 'Invented', 'Reason' => 'Invented'], $approval);
    $pdf->setFont('helvetica', '', 12);
    $pdf->AddPage();
    if ($bookmarks) {
        $pdf->Bookmark('One');
    }
    $pdf->writeHTML('<h1>Form</h1><p>made by <b>TCPDF</b></p>');
    if ($form) {
        $pdf->TextField('name', 50, 5);
        $pdf->CheckBox('agreed', 5, true);
    }
    if ($visible) {
        $pdf->setSignatureAppearance(150, 250, 30, 15);
    }
    $pdf->Output($path, 'F');
}

make($pki, "$out/tcpdf-approval.pdf", 0, false, false, false);
make($pki, "$out/tcpdf-bookmarks.pdf", 0, true, false, true);
make($pki, "$out/tcpdf-form.pdf", 2, true, true, true);
make($pki, "$out/tcpdf-certified.pdf", 1, true, false, false);
