# What `cmake --install` puts where. Three components, which are also the Debian packages:
# program, runtime (the shared library) and development.
include(CMakePackageConfigHelpers)

set(KDBIB_CMAKE_DIR ${CMAKE_INSTALL_LIBDIR}/cmake/kdbib)

set_target_properties(libkdbib-shared PROPERTIES EXPORT_NAME kdbib)
set_target_properties(libkdbib PROPERTIES EXPORT_NAME static)

install(TARGETS kdbib COMPONENT program)
install(TARGETS kdbib-resolve DESTINATION ${CMAKE_INSTALL_LIBEXECDIR}/kdbib COMPONENT program)
install(TARGETS libkdbib-shared EXPORT kdbib LIBRARY COMPONENT runtime
        NAMELINK_COMPONENT development)
install(TARGETS libkdbib EXPORT kdbib ARCHIVE COMPONENT development)

install(DIRECTORY include/kdbib DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} COMPONENT development)

# Found relative to itself: `cmake --install --prefix` and cpack choose the prefix later.
file(RELATIVE_PATH KDBIB_PREFIX_FROM_PC /${CMAKE_INSTALL_LIBDIR}/pkgconfig /)
list(TRANSFORM LIBRARY_DEPENDENCY_NAMES PREPEND "-l" OUTPUT_VARIABLE KDBIB_PRIVATE_LIBS)
list(JOIN KDBIB_PRIVATE_LIBS " " KDBIB_PRIVATE_LIBS)
configure_file(cmake/kdbib.pc.in kdbib.pc @ONLY)
install(FILES ${CMAKE_BINARY_DIR}/kdbib.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig
        COMPONENT development)
install(EXPORT kdbib NAMESPACE kdbib:: FILE kdbibTargets.cmake DESTINATION ${KDBIB_CMAKE_DIR}
        COMPONENT development)
write_basic_package_version_file(kdbibConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES cmake/kdbibConfig.cmake ${CMAKE_BINARY_DIR}/kdbibConfigVersion.cmake
        DESTINATION ${KDBIB_CMAKE_DIR} COMPONENT development)

foreach(SECTION 1 3 5)
  file(GLOB PAGES CONFIGURE_DEPENDS docs/*.${SECTION})
  if(SECTION EQUAL 3)
    set(COMPONENT development)
  else()
    set(COMPONENT program)
  endif()
  install(FILES ${PAGES} DESTINATION ${CMAKE_INSTALL_MANDIR}/man${SECTION} COMPONENT ${COMPONENT})
endforeach()

install(FILES completions/kdbib.bash RENAME kdbib COMPONENT program
        DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions)
install(FILES completions/_kdbib COMPONENT program
        DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/vendor-completions)
install(FILES completions/kdbib.fish COMPONENT program
        DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d)

install(FILES ${DATA_PATHS} DESTINATION ${CMAKE_INSTALL_DATADIR}/kdbib COMPONENT program)
file(GLOB GUIDES CONFIGURE_DEPENDS docs/*.md docs/*.svg)
install(FILES LICENSE README.md CHANGELOG.md DESTINATION ${CMAKE_INSTALL_DOCDIR}
        COMPONENT program)
install(FILES ${GUIDES} DESTINATION ${CMAKE_INSTALL_DOCDIR}/docs COMPONENT program)
install(DIRECTORY docs/examples DESTINATION ${CMAKE_INSTALL_DOCDIR}/docs COMPONENT development)
