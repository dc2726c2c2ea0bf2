#!/usr/bin/env python3
"""kdbib from Python, by ctypes and the shared library alone.

    python3 kdbib.py README.md

Prints key, DOI and title of every paper, then the list as BibTeX. Without a file it takes the list
that comes with kdbib."""
import ctypes
import sys
from ctypes import POINTER, Structure, byref, c_bool, c_char_p, c_int, c_size_t, c_uint32, c_void_p


class Str(Structure):
    """kdbib_str: a pointer and a size."""

    _fields_ = [("data", c_void_p), ("size", c_size_t)]

    def __str__(self):
        return ctypes.string_at(self.data, self.size).decode("utf-8") if self.size else ""


class Diagnostic(Structure):
    """The beginning of kdbib_diagnostic; it is only looked at by pointer."""

    _fields_ = [("severity", c_int), ("name", c_char_p), ("file", c_char_p), ("line", c_uint32),
                ("column", c_uint32), ("message", c_char_p)]


class CompleteOptions(Structure):
    """kdbib_complete_options."""

    _fields_ = [("lock_file", c_char_p), ("lock", Str), ("all", c_bool), ("prefer_preprint", c_bool),
                ("keep_parts", c_bool)]


Handler = ctypes.CFUNCTYPE(None, c_void_p, POINTER(Diagnostic))

library = ctypes.CDLL("libkdbib.so.0")


def declare(name, result, *arguments):
    function = getattr(library, name)
    function.restype, function.argtypes = result, arguments
    return function


new = declare("kdbib_new", c_void_p)
free = declare("kdbib_free", None, c_void_p)
set_handler = declare("kdbib_set_diagnostic_handler", None, c_void_p, Handler, c_void_p)
list_new = declare("kdbib_bibliography_new", c_void_p, c_void_p)
list_free = declare("kdbib_bibliography_free", None, c_void_p)
list_count = declare("kdbib_bibliography_count", c_size_t, c_void_p)
list_record = declare("kdbib_bibliography_record", c_void_p, c_void_p, c_size_t)
read = declare("kdbib_read", c_bool, c_void_p, c_char_p, c_char_p, Str)
complete = declare("kdbib_complete", c_bool, c_void_p, POINTER(CompleteOptions))
write = declare("kdbib_write", c_bool, c_void_p, c_void_p)
find_writer = declare("kdbib_find_writer", c_void_p, c_void_p, Str)
writer_new = declare("kdbib_writer_new", c_void_p, c_void_p, c_void_p, c_void_p)
output_new = declare("kdbib_output_new_memory", c_void_p)
output_memory = declare("kdbib_output_memory", Str, c_void_p)
output_close = declare("kdbib_output_close", c_int, c_void_p)
field_from_name = declare("kdbib_field_from_name", c_bool, Str, POINTER(c_int))
text = declare("kdbib_record_text", Str, c_void_p, c_int)
bundled_list = declare("kdbib_bundled_list", Str)
bundled_lock = declare("kdbib_bundled_lock", Str)


def view(data):
    """A kdbib_str of bytes, which must live as long as it is used."""
    return Str(ctypes.cast(c_char_p(data), c_void_p), len(data))


def field(name):
    """The number of a field, asked by its name, so that no number stands here."""
    number = c_int()
    if not field_from_name(view(name.encode()), byref(number)):
        raise KeyError(name)
    return number.value


@Handler
def show_finding(_, finding):
    if finding[0].severity > 0:
        print(f"line {finding[0].line}: {finding[0].message.decode()}", file=sys.stderr)


def main():
    context = new()
    papers = list_new(context)
    set_handler(context, show_finding, None)
    options = CompleteOptions()
    if len(sys.argv) > 1:
        name = sys.argv[1]
        with open(name, "rb") as file:
            data = file.read()
        source = view(data)
    else:
        name, source = "bundled list", bundled_list()
        options = CompleteOptions(b"bundled lock", bundled_lock())
    if not (read(papers, b"markdown", name.encode(), source) and complete(papers, byref(options))):
        sys.exit("the list could not be read")
    fields = [field(name) for name in ("key", "doi", "title")]
    for index in range(list_count(papers)):
        record = list_record(papers, index)
        print(*(text(record, each) for each in fields), sep="\t")
    output = output_new()
    writer = writer_new(context, find_writer(context, view(b"bibtex")), output)
    fine = write(papers, writer)
    print(str(output_memory(output)), end="")
    output_close(output)
    list_free(papers)
    free(context)
    sys.exit(not fine)


main()
