# find_package(kdbib): kdbib::kdbib is the shared library, kdbib::static the other one, whose
# dependencies (their -dev packages) must then be there.
include(${CMAKE_CURRENT_LIST_DIR}/kdbibTargets.cmake)
