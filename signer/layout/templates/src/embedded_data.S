/* Templates and frame of service/templates, carried inside the program: what is printed is what this build was tested with. */
  .macro embed name, file
  .global segell_templates_\name\()_begin
  .global segell_templates_\name\()_end
  .balign 16
segell_templates_\name\()_begin:
  .incbin "\file"
segell_templates_\name\()_end:
  .byte 0
  .endm
  .section .rodata
  embed frame, SEGELL_FRAME_FILE
  embed data_consent, SEGELL_DATA_CONSENT_FILE
  embed work_plan, SEGELL_WORK_PLAN_FILE
  embed minor_activity, SEGELL_MINOR_ACTIVITY_FILE
  .section .note.GNU-stack, "", %progbits
