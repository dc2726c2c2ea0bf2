# `cpack -G DEB`, in the build folder: kdbib (the program), libkdbib0 and libkdbib-dev.
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME kdbib)
set(CPACK_DEBIAN_PACKAGE_RELEASE 1)
set(CPACK_PACKAGE_CONTACT "kdbib maintainers <maintainers@kdbib.example>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "turns the README of a paper list into a bibliography")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ
    GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
set(CPACK_COMPONENTS_ALL program runtime development)
set(CPACK_PRE_BUILD_SCRIPTS ${CMAKE_SOURCE_DIR}/cmake/debian-policy.cmake)

set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_GENERATE_SHLIBS ON)
set(CPACK_DEBIAN_PACKAGE_GENERATE_SHLIBS_POLICY ">=")
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)

# dpkg-shlibdeps does not see the library that is loaded by its name.
execute_process(COMMAND sh -c "dpkg-query -S \"$(readlink -f \"$1\")\" | sed 's/:.*//'" -- ${LIBXML2_FILE}
                OUTPUT_VARIABLE LIBXML2_PACKAGE OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_DEPENDS ${LIBXML2_PACKAGE})
set(CPACK_DEBIAN_RUNTIME_PACKAGE_DEPENDS ${LIBXML2_PACKAGE})

set(CPACK_DEBIAN_PROGRAM_PACKAGE_NAME kdbib)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_RECOMMENDS ca-certificates)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_SECTION text)
set(CPACK_DEBIAN_PROGRAM_DESCRIPTION
    "Reads tables, bullets and paragraphs of a Markdown paper list and writes
BibTeX, biblatex, RIS, CSL-JSON, JATS and more. What was looked up once is
kept in a lock file beside the list.")

set(CPACK_DEBIAN_RUNTIME_PACKAGE_NAME libkdbib${PROJECT_VERSION_MAJOR})
set(CPACK_DEBIAN_RUNTIME_PACKAGE_SECTION libs)
file(WRITE ${CMAKE_BINARY_DIR}/triggers "activate-noawait ldconfig\n")
set(CPACK_DEBIAN_RUNTIME_PACKAGE_CONTROL_EXTRA ${CMAKE_BINARY_DIR}/triggers)
set(CPACK_DEBIAN_RUNTIME_DESCRIPTION
    "This is the shared library.")

set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_NAME libkdbib-dev)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_SECTION libdevel)
# The first line is for all who link, the others for those who link statically.
string(CONCAT CPACK_DEBIAN_DEVELOPMENT_PACKAGE_DEPENDS
       "libkdbib${PROJECT_VERSION_MAJOR} (= ${PROJECT_VERSION}-${CPACK_DEBIAN_PACKAGE_RELEASE}), "
       "libcmark-gfm-dev, libcmark-gfm-extensions-dev, libcsv-dev, libxml2-dev, libpcre2-dev, "
       "libutf8proc-dev, libyajl-dev")
set(CPACK_DEBIAN_DEVELOPMENT_DESCRIPTION
    "These are the headers, the static library, pkg-config and CMake files, the
manual and examples of the library.")

include(CPack)
