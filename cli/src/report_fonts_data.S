/* The two faces of a report, made by report_font from the packaged Noto Sans (SIL Open Font License 1.1). */
  .section .rodata
  .macro face name file
  .global segell_report_\name\()_begin
  .global segell_report_\name\()_end
  .balign 16
segell_report_\name\()_begin:
  .incbin "\file"
segell_report_\name\()_end:
  .endm
  face regular SEGELL_REPORT_REGULAR
  face bold SEGELL_REPORT_BOLD
  .section .note.GNU-stack, "", %progbits
