// node citation.js FORMAT < records.json: CSL-JSON to bibtex or ris by citation.js.
const { Cite } = require('@citation-js/core')
require('@citation-js/plugin-csl')
require('@citation-js/plugin-bibtex')
require('@citation-js/plugin-ris')
const records = JSON.parse(require('fs').readFileSync(0, 'utf8'))
process.stdout.write(new Cite(records).format(process.argv[2]))
