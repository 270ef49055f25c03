/** The forms in which a whole tree can be had, the preferred one first. */
export const exportFormats = {
  json: 'application/json',
  ndjson: 'application/x-ndjson',
  csv: 'text/csv',
  arrow: 'application/vnd.apache.arrow.stream',
  graphml: 'application/graphml+xml',
  gexf: 'application/gexf+xml',
} as const;

export type ExportFormat = keyof typeof exportFormats;

export const exportFormatNames = [
  'json',
  'ndjson',
  'csv',
  'arrow',
  'graphml',
  'gexf',
] as const satisfies ExportFormat[];
