/* The services, one file each. A new one is a file beside this one and a line here. The first word
 * is that of kdb_service_id, the second that of the service: kdb_crossref. */
#ifndef KDB_SERVICES_H
#define KDB_SERVICES_H

#define KDB_SERVICES(X)                                                                            \
    X(CROSSREF, crossref)                                                                          \
    X(DATACITE, datacite)                                                                          \
    X(DOI_ORG, doi_org)                                                                            \
    X(ARXIV, arxiv)                                                                                \
    X(NCBI, ncbi)                                                                                  \
    X(EUROPEPMC, europepmc)                                                                        \
    X(DBLP, dblp)                                                                                  \
    X(OPENALEX, openalex)                                                                          \
    X(PAGES, landing_pages) /* whatever their host */

#endif
