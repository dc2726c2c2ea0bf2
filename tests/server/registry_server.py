"""A loopback server that plays Crossref, DataCite, doi.org, arXiv, NCBI, Europe PMC, DBLP, OpenAlex
and landing pages, with answers in the services' own form, and with everything that goes wrong.

    server = Server(works, latency=0.1); server.start()
    subprocess.run([kdbib, "resolve", *server.options(), "README.md"])
    server.requests, server.most_at_once

`works` are dictionaries in kdbib's words: doi, type, title, authors [(family, given)], container_title,
collection_title, year, month, volume, issue, pages, article_number, publisher, issn, isbn, pii,
ieee_number, arxiv, pmid, pmcid, ppr, agency; and for decoys: raw_type, update_to, retracted.
"""
import html
import json
import re
import threading
import time
import unicodedata
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit

SERVICES = ["crossref", "datacite", "doi", "arxiv", "ncbi", "europepmc", "dblp", "openalex", "pages"]

CROSSREF_TYPES = {
    "article-journal": "journal-article", "paper-conference": "proceedings-article",
    "chapter": "book-chapter", "book": "monograph", "article": "posted-content",
    "thesis": "dissertation", "report": "report", "dataset": "dataset",
}


def words(text):
    text = unicodedata.normalize("NFKD", text).casefold()
    return re.findall(r"\w+", "".join(c for c in text if not unicodedata.combining(c)))


def date_parts(work):
    return {"date-parts": [[int(work[k]) for k in ("year", "month", "day") if work.get(k)]]}


def crossref_item(work):
    """An item of Crossref's REST API: titles split at the colon, series before the book."""
    title, _, subtitle = work["title"].partition(": ")
    kind = work.get("raw_type") or CROSSREF_TYPES.get(work["type"], "other")
    series = work.get("collection_title")
    if series and work["type"] == "paper-conference":
        kind = work.get("raw_type") or "book-chapter"
    item = {
        "indexed": {"date-time": "2026-03-26T01:25:44Z", "version": "3.40.3"},
        "reference-count": 22, "publisher": work.get("publisher") or "Example Press",
        "content-domain": {"domain": [], "crossmark-restriction": False},
        "DOI": work["doi"], "type": kind, "source": "Crossref", "score": 41.5,
        "title": [title], "prefix": work["doi"].split("/")[0],
        "author": [{"given": g, "family": f, "sequence": "additional", "affiliation": []}
                   for f, g in work["authors"]],
        "container-title": [t for t in (series, work.get("container_title")) if t],
        "issued": date_parts(work), "URL": "https://doi.org/" + work["doi"],
        "resource": {"primary": {"URL": primary_url(work)}},
    }
    if subtitle:
        item["subtitle"] = [subtitle]
    for ours, theirs in (("volume", "volume"), ("issue", "issue"), ("pages", "page"),
                         ("article_number", "article-number")):
        if work.get(ours):
            item[theirs] = work[ours]
    if work.get("issn"):
        item["ISSN"] = work["issn"].split()
    if work.get("isbn"):
        item["ISBN"] = ["http://id.crossref.org/isbn/" + i for i in work["isbn"].split()]
    if work.get("pii"):
        item["alternative-id"] = [work["pii"]]
    if work.get("event_title"):
        item["event"] = {"name": work["event_title"], "location": work.get("event_place", "")}
    if work.get("update_to"):
        item["update-to"] = [{"type": work["update_to"], "DOI": "10.5555/original"}]
    if work.get("retracted"):
        item["updated-by"] = [{"type": "retraction", "DOI": "10.5555/notice"}]
    return item


def primary_url(work):
    if work.get("ieee_number"):
        return "https://ieeexplore.ieee.org/document/%s/" % work["ieee_number"]
    if work.get("pii"):
        return "https://linkinghub.elsevier.com/retrieve/pii/" + work["pii"]
    return work.get("resource") or "https://publisher.example/doi/" + work["doi"]


def datacite_item(work):
    return {"id": work["doi"], "type": "dois", "attributes": {
        "doi": work["doi"], "titles": [{"title": work["title"]}],
        "creators": [{"name": "%s, %s" % a, "nameType": "Personal", "familyName": a[0],
                      "givenName": a[1], "affiliation": []} for a in work["authors"]],
        "publisher": work.get("publisher") or "arXiv", "publicationYear": int(work["year"]),
        "container": {}, "contributors": [],
        "dates": [{"date": work["year"], "dateType": "Issued"}],
        "types": {"resourceTypeGeneral": "Preprint" if work["type"] == "article" else "Dataset",
                  "citeproc": "article", "bibtex": "misc", "ris": "GEN"},
        "url": "https://example.org/" + work["doi"]}}


def csl_item(work):
    return {"type": work["type"], "DOI": work["doi"], "title": work["title"],
            "author": [{"family": f, "given": g} for f, g in work["authors"]],
            "container-title": work.get("container_title", ""), "issued": date_parts(work),
            "publisher": work.get("publisher", ""), "page": work.get("pages", "")}


def atom_entry(work):
    authors = "".join("<author><name>%s</name></author>" % html.escape("%s %s" % (g, f))
                      for f, g in work["authors"])
    return """<entry><id>http://arxiv.org/abs/%sv1</id><updated>2023-06-06T00:00:00Z</updated>
<published>%s-%s-06T13:45:10Z</published><title>%s</title><summary>  A summary.
</summary>%s<arxiv:primary_category xmlns:arxiv="http://arxiv.org/schemas/atom" term="cs.CV"
scheme="http://arxiv.org/schemas/atom"/><category term="cs.CV"/></entry>""" % (
        work["arxiv"], work["year"], work.get("month", "06").zfill(2),
        html.escape(work["title"]).replace(" ", "\n  ", 1), authors)


def pubmed_article(work):
    authors = "".join("<Author ValidYN=\"Y\"><LastName>%s</LastName><ForeName>%s</ForeName></Author>"
                      % (html.escape(f), html.escape(g)) for f, g in work["authors"])
    return """<PubmedArticle><MedlineCitation><PMID Version="1">%s</PMID><Article><Journal>
<JournalIssue><Volume>%s</Volume><PubDate><Year>%s</Year><Month>Jan</Month></PubDate></JournalIssue>
<Title>%s</Title></Journal><ArticleTitle>%s.</ArticleTitle><AuthorList CompleteYN="Y">%s</AuthorList>
</Article></MedlineCitation><PubmedData><ArticleIdList><ArticleId IdType="pubmed">%s</ArticleId>
<ArticleId IdType="doi">%s</ArticleId></ArticleIdList></PubmedData></PubmedArticle>""" % (
        work["pmid"], work.get("volume", ""), work["year"],
        html.escape(work.get("container_title", "")), html.escape(work["title"]), authors,
        work["pmid"], work["doi"])


def europepmc_item(work):
    return {"id": work.get("ppr") or work.get("pmid"), "source": "PPR" if work.get("ppr") else "MED",
            "doi": work["doi"], "title": work["title"] + ".", "pubYear": str(work["year"]),
            "authorList": {"author": [{"fullName": f, "firstName": g, "lastName": f}
                                      for f, g in work["authors"]]},
            "bookOrReportDetails": {"publisher": "arXiv"},
            "firstPublicationDate": "%s-04-07" % work["year"]}


def dblp_hit(work):
    return {"@score": "7", "info": {
        "authors": {"author": [{"@pid": "1", "text": "%s %s" % (g, f)} for f, g in work["authors"]]},
        "title": work["title"] + ".", "venue": work.get("container_title", "CoRR"),
        "pages": work.get("pages", ""), "year": str(work["year"]), "ee": primary_url(work),
        "type": "Conference and Workshop Papers", "key": "conf/x/1",
        **({"doi": work["doi"]} if work.get("doi") else {})}}


def openalex_item(work):
    return {"id": "https://openalex.org/W1", "doi": "https://doi.org/" + work["doi"],
            "title": work["title"], "publication_year": int(work["year"]),
            "publication_date": "%s-01-01" % work["year"], "type": "article",
            "authorships": [{"author": {"display_name": "%s %s" % (g, f)},
                             "raw_author_name": "%s %s" % (g, f)} for f, g in work["authors"]],
            "primary_location": {"source": {"display_name": work.get("container_title")}},
            "biblio": {}, "is_retracted": bool(work.get("retracted"))}


class Fault:
    """What goes wrong with requests whose path matches; `times` of them, -1 for all."""

    def __init__(self, pattern, kind, times=1, **details):
        self.pattern, self.kind, self.times, self.details = re.compile(pattern), kind, times, details


class Server:
    def __init__(self, works, latency=0.0, faults=(), pages=None, headers=None):
        self.works = works
        self.by_doi = {w["doi"].lower(): w for w in works if w.get("doi")}
        self.index = [(set(words(w["title"])), w) for w in works]
        self.latency, self.faults, self.pages = latency, list(faults), pages or {}
        self.headers = headers or {"X-Rate-Limit-Limit": "50", "X-Rate-Limit-Interval": "1s"}
        self.lock = threading.Lock()
        self.requests, self.under_way, self.most_at_once, self.times = [], {}, {}, []
        self.agents = set()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True

            def log_message(self, *args):
                pass

            def do_GET(self):
                outer.answer(self)

        class Quiet(ThreadingHTTPServer):
            daemon_threads = True
            request_queue_size = 64

            def handle_error(self, request, client_address):
                pass  # clients that were killed

        self.httpd = Quiet(("127.0.0.1", 0), Handler)
        self.url = "http://127.0.0.1:%d" % self.httpd.server_port

    def start(self):
        threading.Thread(target=self.httpd.serve_forever, kwargs={"poll_interval": 0.02},
                         daemon=True).start()
        return self

    def stop(self):
        self.httpd.shutdown()
        self.httpd.server_close()

    def reset(self):
        with self.lock:
            self.requests, self.most_at_once, self.times = [], {}, []

    def options(self, *only):
        return [o for s in (only or SERVICES) for o in ("--service", "%s=%s/%s" % (s, self.url, s))]

    # ---- one request ----

    def answer(self, handler):
        parts = urlsplit(handler.path)
        service, _, path = parts.path.lstrip("/").partition("/")
        with self.lock:
            self.requests.append(handler.path)
            self.times.append(time.monotonic())
            self.agents.add(handler.headers.get("User-Agent"))
            self.under_way[service] = self.under_way.get(service, 0) + 1
            self.most_at_once[service] = max(self.most_at_once.get(service, 0),
                                             self.under_way[service])
            fault = next((f for f in self.faults if f.times and f.pattern.search(handler.path)), None)
            if fault:
                fault.times -= 1
        reply = None
        try:
            time.sleep(self.latency)
            if not fault:
                query = {k: v[0] for k, v in parse_qs(parts.query).items()}
                reply = getattr(self, "play_" + service)(unquote(path), query, handler)
        finally:  # whoever has the answer may ask again before this thread runs on
            with self.lock:
                self.under_way[service] -= 1
        try:
            if fault:
                self.go_wrong(handler, fault)
            else:
                self.send(handler, *reply)
        except (BrokenPipeError, ConnectionResetError):
            handler.close_connection = True

    def send(self, handler, status, kind, body, **headers):
        body = body if isinstance(body, bytes) else body.encode()
        handler.send_response(status)
        handler.send_header("Content-Type", kind)
        handler.send_header("Content-Length", str(len(body)))
        for name, value in {**self.headers, **headers}.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(body)

    def go_wrong(self, handler, fault):
        d = fault.details
        if fault.kind == "status":
            self.send(handler, d["status"], "text/plain", "trouble", **d.get("headers", {}))
        elif fault.kind == "hang":
            time.sleep(d.get("seconds", 30))
            handler.close_connection = True
        elif fault.kind == "cut":  # half an answer, then nothing
            handler.send_response(200)
            handler.send_header("Content-Type", "application/json")
            handler.send_header("Content-Length", "100000")
            handler.end_headers()
            handler.wfile.write(b'{"status":"ok","message":{"DOI":"10.1')
            handler.close_connection = True
        elif fault.kind == "body":
            self.send(handler, 200, d.get("type", "application/json"), d["body"])
        elif fault.kind == "huge":
            handler.send_response(200)
            handler.send_header("Content-Type", "application/json")
            handler.end_headers()
            handler.close_connection = True
            for _ in range(64):
                handler.wfile.write(b" " * (1 << 20))
        elif fault.kind == "redirect":
            self.send(handler, 302, "text/plain", "", Location=d["to"])

    # ---- the services ----

    def found(self, query, most=5, keep=lambda work: True):
        asked = set(words(query))
        ranked = sorted(((-len(asked & have) / (len(asked | have) or 1), i)
                         for i, (have, w) in enumerate(self.index) if keep(w)))
        return [self.index[i][1] for score, i in ranked[:most] if score < -0.2]

    def play_crossref(self, path, query, _handler):
        filters = dict(f.split(":", 1) for f in query.get("filter", "").split(",") if ":" in f)
        if path.startswith("works/"):
            work = self.by_doi.get(path[6:].lower())
            if not work or work.get("agency"):
                return 404, "text/plain", "Resource not found."
            message = {"message-type": "work", "message": crossref_item(work)}
        else:
            if "alternative-id" in filters:
                works = [w for w in self.works if w.get("pii") == filters["alternative-id"]]
            else:
                works = self.found(query.get("query.bibliographic", ""), int(query.get("rows", 20)),
                                   lambda w: w.get("doi") and not w.get("agency") and
                                   w["doi"].startswith(filters.get("prefix", "")))
            message = {"message-type": "work-list", "message": {
                "facets": {}, "total-results": len(works), "items-per-page": 5,
                "query": {"start-index": 0}, "items": [crossref_item(w) for w in works]}}
        return 200, "application/json", json.dumps({"status": "ok", "message-version": "1.0.0",
                                                    **message})

    def play_datacite(self, path, _query, _handler):
        work = self.by_doi.get(path[5:].lower())
        if not work or work.get("agency") != "DataCite":
            return 404, "application/vnd.api+json", '{"errors":[{"status":"404","title":"gone"}]}'
        return 200, "application/vnd.api+json; charset=utf-8", json.dumps(
            {"data": datacite_item(work)})

    def play_doi(self, path, _query, _handler):
        if path.startswith("ra/"):
            prefix = path[3:].split("/")[0]
            agency = next((w.get("agency") or "Crossref" for w in self.works
                           if (w.get("doi") or "").startswith(prefix + "/")), None)
            body = {"DOI": prefix, "RA": agency} if agency else {
                "DOI": prefix, "status": "DOI does not exist"}
            return 200, "application/json", json.dumps([body])
        work = self.by_doi.get(path.lower())
        if not work:
            return 404, "text/html", "<html>DOI not found</html>"
        return 200, "application/vnd.citationstyles.csl+json", json.dumps(csl_item(work))

    def play_arxiv(self, _path, query, _handler):
        ids = query.get("id_list", "").split(",")
        entries = [atom_entry(w) for i in ids for w in self.works if w.get("arxiv") == i]
        return 200, "application/atom+xml; charset=UTF-8", (
            '<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom">'
            "<title>ArXiv Query</title>%s</feed>" % "".join(entries))

    def play_ncbi(self, path, query, _handler):
        if "efetch" in path:
            ids = query.get("id", "").split(",")
            return 200, "text/xml; charset=UTF-8", (
                '<?xml version="1.0" ?><!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, '
                '1st January 2025//EN" "https://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_250101.dtd">'
                "<PubmedArticleSet>%s</PubmedArticleSet>" % "".join(
                    pubmed_article(w) for w in self.works if w.get("pmid") in ids))
        records = []
        for number in query.get("ids", "").split(","):
            work = next((w for w in self.works if w.get("pmcid") == number), None)
            records.append({"pmcid": number, "doi": work["doi"], "requested-id": number} if work else
                           {"pmcid": number, "status": "error", "errmsg": "not found"})
        return 200, "application/json", json.dumps({"status": "ok", "records": records})

    def play_europepmc(self, _path, query, _handler):
        number = re.search(r"ext_id:(\S+)|PMCID:(\S+)", query.get("query", ""))
        wanted = number and (number.group(1) or number.group(2))
        hits = [europepmc_item(w) for w in self.works
                if wanted and wanted in (w.get("ppr"), w.get("pmid"), w.get("pmcid"))]
        return 200, "application/json;charset=UTF-8", json.dumps(
            {"version": "6.9", "hitCount": len(hits), "resultList": {"result": hits}})

    def play_dblp(self, _path, query, _handler):
        hits = self.found(query.get("q", ""), 5, lambda w: w.get("dblp"))
        return 200, "application/json", json.dumps({"result": {"status": {"@code": "200"}, "hits": {
            "@total": str(len(hits)), **({"hit": [dblp_hit(w) for w in hits]} if hits else {})}}})

    def play_openalex(self, path, query, _handler):
        title = query.get("filter", "").partition(":")[2]
        hits = self.found(title, 5, lambda w: w.get("openalex")) if title else []
        return 200, "application/json", json.dumps({"meta": {"count": len(hits)},
                                                    "results": [openalex_item(w) for w in hits]})

    def play_pages(self, path, _query, handler):
        page = self.pages.get((handler.headers.get("Host"), "/" + path))
        if page is None:
            return 404, "text/html", "<html>not here</html>"
        return page if isinstance(page, tuple) else (200, "text/html; charset=utf-8", page)
