#!/usr/bin/env python3
"""Famous traps: works that look like the one of the list and are others."""
from common import Place, check, finish
from registry_server import Server

HEAD = "# Papers\n\n| Title | Authors | Year | Paper |\n|---|---|---|---|\n"


def line(title, authors="", year="", url=""):
    return "| %s | %s | %s | %s |\n" % (title, authors, year, "[paper](%s)" % url if url else "")


def work(doi, title, authors, year, type="article-journal", **more):
    return {"doi": doi, "title": title, "authors": authors, "year": str(year), "type": type,
            "container_title": "Journal of Examples" if type == "article-journal" else "", **more}


LECUN = [("LeCun", "Yann"), ("Bengio", "Yoshua"), ("Hinton", "Geoffrey")]
WORKS = [
    work("10.1000/ramsey.book", "Off-diagonal book Ramsey numbers",
         [("Conlon", "David"), ("Fox", "Jacob")], 2023),
    work("10.1000/dl.nature", "Deep learning", LECUN, 2015),
    work("10.1000/dl.book", "Deep Learning", [("Goodfellow", "Ian"), ("Bengio", "Yoshua")], 2016,
         "book"),
    work("10.1000/dl.other", "Deep learning", [("Zhang", "Wei")], 2021, "chapter",
         container_title="Handbook of Examples"),
    work("10.1000/pre.1", "Sampling widgets without regret", [("Muster", "Eva")], 2020, "article"),
    work("10.1000/pub.1", "Sampling widgets without regret", [("Muster", "Eva")], 2021),
    work("10.1000/only.pre", "Preprints of gadgets", [("Muster", "Eva")], 2020, "article"),
    work("10.1000/comp.g001", "Figures that carry titles", [("Muster", "Eva")], 2020,
         raw_type="component"),
    work("10.1000/978-1-0.whole", "Machines in the clinic", [("Editor", "Max")], 2019, "book"),
    work("10.1000/978-1-0.c7", "Machines in the clinic: A tour", [("Chap", "Ann")], 2019, "chapter",
         container_title="Machines in the clinic"),
    work("10.1109/other.2020.111", "A different paper of IEEE altogether", [("Ohm", "Georg")], 2020,
         ieee_number="9000111"),
    work("10.1109/real.2020.222", "Transducers for gentle robots", [("Volt", "Ada")], 2020,
         ieee_number="9000222"),
    work("10.1000/twin.a", "Twins of one title", [("Muster", "Eva")], 2020),
    work("10.1000/twin.b", "Twins of one title", [("Muster", "Eva")], 2020),
    work("10.1000/wait", "Two words: a subtitle that counts", [("Sub", "Sue")], 2018),
    work("10.1000/accents", "Über die Größe naïver Modèles", [("Müller", "Jörg")], 2017),
    work("10.1000/retracted", "RETRACTED: Cold wonders", [("Fake", "Al")], 2016, retracted=True),
    work("10.1000/sur", "On surnames that disagree", [("Real", "Ann")], 2016),
    work("10.1000/year", "On years that disagree", [("Real", "Ann")], 2011),
    work("10.1000/noproof", "A title all alone in the world", [("Solo", "Han")], 2012),
]


def resolve(text, *arguments):
    place = Place(HEAD + text)
    report, result = place.report(server, *arguments)
    return (report["records"] or [{}])[0], result


def refused(name, text, *words):
    record, result = resolve(text)
    reason = record.get("reason") or ""
    check(name, record.get("state") == "unresolved" and not record.get("doi") and
          all(w in reason for w in words) and result.returncode == 1, (record, result.stderr))


def accepted(name, text, doi, proof):
    record, result = resolve(text)
    check(name, record.get("doi") == doi and record.get("proof") == proof and
          result.returncode == 0, (record, result.stderr))


server = Server(WORKS).start()
refused("“Off-diagonal book Ramsey numbers” is not “Off-diagonal Ramsey numbers”",
        line("Off-diagonal Ramsey numbers", "David Conlon, Jacob Fox", 2023), "no hit has this title")
accepted("Deep learning by LeCun is the article",
         line("Deep Learning", "Yann LeCun, Yoshua Bengio, Geoffrey Hinton", 2015),
         "10.1000/dl.nature", "title and author")
accepted("Deep Learning by Goodfellow is the book",
         line("Deep Learning", "Ian Goodfellow, Yoshua Bengio", 2016), "10.1000/dl.book",
         "title and author")
refused("Deep Learning alone is nobody's", line("Deep Learning", "", "", "https://lab.example/dl"))
accepted("of a preprint and the published article the article",
         line("Sampling widgets without regret", "Eva Muster", 2021, "https://lab.example/widgets"),
         "10.1000/pub.1", "title and author")
refused("a component is no work", line("Figures that carry titles", "Eva Muster", 2020), "component")
refused("the book does not stand for its chapter",
        line("Machines in the clinic", "Ann Chap", 2019, "https://lab.example/chapter"))
accepted("the chapter is found with its subtitle",
         line("Machines in the clinic - a tour", "Ann Chap", 2019), "10.1000/978-1-0.c7",
         "title and author")
refused("two works of one title compete", line("Twins of one title", "Eva Muster", 2020), "two works")
accepted("subtitles are joined", line("Two Words: A Subtitle that Counts", "Sue Sub", 2018),
         "10.1000/wait", "title and author")
refused("a title without its subtitle is another title", line("Two words", "Sue Sub", 2018))
accepted("accents and case do not count",
         line("UBER DIE GROSSE NAIVER MODELES", "J. Muller", 2017), "10.1000/accents",
         "title and author")
refused("a retracted work is not offered", line("Cold wonders", "Al Fake", 2016))
refused("an author who disagrees", line("On surnames that disagree", "Bob Other", 2016),
        "other authors")
refused("a year that disagrees", line("On years that disagree", "Ann Real", 2016), "another year")
accepted("the year alone proves an equal title", line("A title all alone in the world", "", 2012),
         "10.1000/noproof", "title and year")
refused("a title alone proves nothing", line("A title all alone in the world"), "no author or year")

# identifiers in the links
refused("an IEEE link that leads to another paper",
        line("Transducers for gentle robots", "", "",
             "https://ieeexplore.ieee.org/document/9000111"), "another identifier")
accepted("an IEEE link that leads to its paper",
         line("Transducers for gentle robots", "", "",
              "https://ieeexplore.ieee.org/document/9000222"), "10.1109/real.2020.222",
         "IEEE number")
record, result = resolve(line("Something else entirely here", "", "",
                              "https://doi.org/10.1000/dl.nature"))
check("a DOI that leads to another paper gives nothing of it",
      record.get("state") == "unresolved" and "another paper" in (record.get("reason") or ""), record)
record, result = resolve(line("Never registered", "", "", "https://doi.org/10.1000/nobody.knows"))
check("a DOI that no registry knows is told", record.get("state") == "unresolved" and
      "no registry knows" in (record.get("reason") or ""), record)
server.stop()
finish()
