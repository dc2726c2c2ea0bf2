/* The services, one file each; service.c puts them into a table. */
#ifndef KDB_SERVICES_H
#define KDB_SERVICES_H

#include "services/service.h"

extern const kdb_service kdb_crossref, kdb_datacite, kdb_doi_org, kdb_arxiv, kdb_ncbi,
    kdb_europepmc, kdb_dblp, kdb_openalex, kdb_landing_pages;

#endif
