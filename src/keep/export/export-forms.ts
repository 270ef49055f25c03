/** How the store writes a form, and what shapes it. Times are ISO 8601 in UTC where they are text. */
type Form = { format: string; settings: Readonly<Record<string, string>> };

const isoTimes = { date_time_output_format: 'iso' };

/** Blocks of rows are bounded, so that neither the store nor a reader ever holds a whole table. */
export const blockRows = '65536';

export const exportForms = {
  parquet: {
    format: 'Parquet',
    settings: {
      output_format_parquet_string_as_string: '1',
      output_format_parquet_compression_method: 'zstd',
      output_format_parquet_row_group_size: blockRows,
    },
  },
  csv: { format: 'CSVWithNames', settings: { ...isoTimes, format_csv_null_representation: '' } },
  // Compressed blocks would need a codec that not all readers have.
  arrow: {
    format: 'ArrowStream',
    settings: { output_format_arrow_string_as_string: '1', output_format_arrow_compression_method: 'none' },
  },
  ndjson: { format: 'JSONEachRow', settings: isoTimes },
} as const satisfies Record<string, Form>;

export type ExportForm = keyof typeof exportForms;

export const exportFormNames = ['parquet', 'csv', 'arrow', 'ndjson'] as const satisfies ExportForm[];
