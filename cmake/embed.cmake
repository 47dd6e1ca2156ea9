# segell_embed(TARGET SYMBOL FILE): the file's octets as SYMBOL_begin .. SYMBOL_end in the target's read-only data.
function(segell_embed target symbol file)
  set(source ${CMAKE_CURRENT_BINARY_DIR}/${symbol}.S)
  file(CONFIGURE OUTPUT ${source} CONTENT [[
  .section .rodata
  .balign 16
  .globl @symbol@_begin, @symbol@_end
@symbol@_begin:
  .incbin "@file@"
@symbol@_end:
  .byte 0
  .section .note.GNU-stack,"",%progbits
]] @ONLY)
  set_source_files_properties(${source} PROPERTIES OBJECT_DEPENDS ${file})
  target_sources(${target} PRIVATE ${source})
endfunction()
