/* The words of service/templates, carried inside the program: what is printed is what this build was tested with. */
  .section .rodata
  .global segell_app_words_begin
  .global segell_app_words_end
  .balign 16
segell_app_words_begin:
  .incbin SEGELL_WORDS_FILE
segell_app_words_end:
  .section .note.GNU-stack, "", %progbits
