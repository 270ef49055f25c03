// Databases, system tables and formats an analyst may name.

const systemTables = new Set([
  'one',
  'numbers',
  'zeros',
  'databases',
  'tables',
  'columns',
  'functions',
  'table_functions',
  'formats',
  'settings',
  'data_type_families',
  'aggregate_function_combinators',
  'table_engines',
  'time_zones',
  'keywords',
  'build_options',
]);

const informationSchema = 'information_schema';

export type AllowedNames = {
  database(name: string): boolean;
  /** Whether `database.table` may be read. */
  table(database: string, table: string): boolean;
  format(name: string): boolean;
};

// Formats that only write rows out. Others write schema files, take templates, or speak a protocol.
const formatPattern =
  /^(JSON\w*|CSV\w*|TSV\w*|TabSeparated\w*|RowBinary\w*|Native|Pretty\w*|Arrow|ArrowStream|Parquet|ORC|Avro|Markdown|Vertical|Values|XML|TSKV|MsgPack|BSONEachRow|Null|RawBLOB|One)$/;

export function allowNames(databases: readonly string[]): AllowedNames {
  const own = new Set(databases);
  return {
    database: (name) => own.has(name),
    table: (database, table) => {
      if (database.toLowerCase() === 'system') return systemTables.has(table);
      return own.has(database) || database.toLowerCase() === informationSchema;
    },
    format: (name) => formatPattern.test(name),
  };
}
