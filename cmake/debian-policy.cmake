# Run by CPack before it packs: what Debian wants of files and `cmake --install` does not do.
# Manual pages are compressed; each package has its copyright and its changelog.
set(PACKAGE_program kdbib)
set(PACKAGE_runtime libkdbib${CPACK_PACKAGE_VERSION_MAJOR})
set(PACKAGE_development libkdbib-dev)

# The day of the release is the newest one of the changelog.
set(SOURCE ${CMAKE_CURRENT_LIST_DIR}/..)
file(STRINGS ${SOURCE}/CHANGELOG.md RELEASES REGEX "^## \\[[0-9.]+\\] - ")
string(REGEX MATCH "[0-9]+-[0-9]+-[0-9]+" DAY "${RELEASES}")
execute_process(COMMAND env LC_ALL=C date -u -R -d ${DAY} OUTPUT_VARIABLE DATE
                OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)

foreach(COMPONENT ${CPACK_COMPONENTS_ALL})
  set(ROOT ${CPACK_TEMPORARY_DIRECTORY}/${COMPONENT}/usr)
  set(DOCUMENTS ${ROOT}/share/doc/${PACKAGE_${COMPONENT}})
  file(MAKE_DIRECTORY ${DOCUMENTS})
  configure_file(${SOURCE}/LICENSE ${DOCUMENTS}/copyright COPYONLY)
  file(REMOVE ${DOCUMENTS}/LICENSE)
  configure_file(${SOURCE}/CHANGELOG.md ${DOCUMENTS}/changelog COPYONLY)
  file(REMOVE ${DOCUMENTS}/CHANGELOG.md)
  file(WRITE ${DOCUMENTS}/changelog.Debian
       "kdbib (${CPACK_PACKAGE_VERSION}-${CPACK_DEBIAN_PACKAGE_RELEASE}) unstable; urgency=medium

  * See changelog.gz.

 -- ${CPACK_PACKAGE_CONTACT}  ${DATE}
")
  file(GLOB COMPRESSED ${ROOT}/share/man/man?/* ${DOCUMENTS}/changelog*)
  execute_process(COMMAND gzip -9nf ${COMPRESSED} COMMAND_ERROR_IS_FATAL ANY)
endforeach()
