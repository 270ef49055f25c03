// Which functions an analyst may call: what this engine knows, less everything that reaches files, the network, other
// processes, the server's state or other users' queries, and less what only wastes a thread.
import type { Engine } from '../engine/open-engine.ts';

export type AllowedFunctions = { allows(name: string): boolean; allowsTable(name: string): boolean };

const denied: readonly RegExp[] = [
  /file/i, // files of the machine
  /^__/, // internal to the engine
  /^ai[A-Z]/i,
  /DNS/i, // the network
  /^dict/i,
  /^region/i,
  /^joinGet/i, // dictionaries may stand on any source
  /^(catboostEvaluate|evalMLMethod|modelEvaluate)$/i,
  /^naiveBayes/i, // models are files
  /^(stem|lemmatize|synonyms)$/i,
  /^detect/i, // files named by the server's configuration
  /^get(Setting|Server|MergeTreeSetting|Macro|Client|OS|Scalar|MaxTable)/i,
  /Profiles$/i,
  /Roles$/i, // the server's state
  /hostName$/i,
  /^fqdn$/i,
  /^displayName$/i,
  /^serverUUID$/i,
  /^tcpPort$/i,
  /^buildId$/i,
  /^showCertificate$/i, // the machine
  /^zookeeper/i,
  /^generateSerialID$/i,
  /^transaction/i,
  /^hasColumnInTable$/i, // other servers, shared state
  /query_?id$/i,
  /^initial_?query/i,
  /^connection_?id$/i,
  /^tid$/i, // other queries
  /^addressTo/i,
  /^demangle$/i,
  /^hasThreadFuzzer$/i,
  /^logTrace$/i,
  /^trap$/i, // the process
  /^sleep/i,
  /^timeSeriesStoreTags$/i,
];

// Forms of the grammar that the engine shows as functions.
const grammarFunctions = ['lambda', 'view', 'exists', 'any', 'grouping', 'extract', 'interval'];

const tableFunctions = new Set([
  'numbers',
  'numbers_mt',
  'zeros',
  'zeros_mt',
  'generateseries',
  'generate_series',
  'values',
  'null',
  'view',
  'primes',
]);

// A word before an opening bracket that is no call. Nothing here may also be the name of a function left out above.
const keywords = new Set(
  (
    'SELECT DISTINCT ALL FROM FINAL JOIN ON USING WHERE PREWHERE HAVING QUALIFY BY LIMIT OFFSET UNION EXCEPT INTERSECT ' +
    'WITH AS IN NOT AND OR IS LIKE ILIKE BETWEEN CASE WHEN THEN ELSE END OVER ROLLUP CUBE SETS REPLACE APPLY COLUMNS ' +
    'FILTER GROUP ARRAY DESCRIBE DESC EXISTS EXPLAIN TABLE STEP FILL TO INTERPOLATE DIV MOD ASC RECURSIVE ANTI SEMI ' +
    'AST SYNTAX PLAN PIPELINE ESTIMATE TREE INTERVAL'
  ).split(' '),
);

export function isKeyword(word: string): boolean {
  return keywords.has(word.toUpperCase());
}

type Row = { name: string; lower: boolean };

function readRows(rows: readonly unknown[]): Row[] {
  return rows.flatMap((row) => {
    if (typeof row !== 'object' || row === null || !('name' in row) || typeof row.name !== 'string') return [];
    return [{ name: row.name, lower: 'lower' in row && Number(row.lower) === 1 }];
  });
}

async function names(engine: Engine, select: string): Promise<Row[]> {
  return readRows(await engine.ask(select));
}

/** `sumIf`, `uniqMergeState`: an aggregate function with endings, each changing how it is fed. */
function stripCombinators(name: string, combinators: readonly string[], known: (base: string) => boolean): boolean {
  if (known(name)) return true;
  return combinators.some(
    (ending) =>
      name.endsWith(ending) &&
      name.length > ending.length &&
      stripCombinators(name.slice(0, -ending.length), combinators, known),
  );
}

function lookUp(rows: readonly Row[]): (name: string) => boolean {
  const exact = new Set(rows.map(({ name }) => name));
  const anyCase = new Set(rows.filter(({ lower }) => lower).map(({ name }) => name.toLowerCase()));
  return (name) => exact.has(name) || anyCase.has(name.toLowerCase());
}

const isDenied = (name: string): boolean => denied.some((pattern) => pattern.test(name));

export async function loadAllowedFunctions(engine: Engine): Promise<AllowedFunctions> {
  const functions = (where: string) =>
    `SELECT name, case_insensitive AS lower FROM system.functions WHERE origin = 'System' AND ${where}`;
  const plain = lookUp(await names(engine, functions('NOT is_aggregate')));
  const aggregates = lookUp(await names(engine, functions('is_aggregate')));
  const types = lookUp(await names(engine, 'SELECT name, case_insensitive AS lower FROM system.data_type_families'));
  const combinators = (await names(engine, 'SELECT name FROM system.aggregate_function_combinators')).map(
    ({ name }) => name,
  );
  const allowsTable = (name: string) => tableFunctions.has(name.toLowerCase());
  const allows = (name: string) => {
    if (isDenied(name)) return false;
    if (grammarFunctions.includes(name.toLowerCase()) || plain(name) || types(name)) return true;
    return stripCombinators(name, combinators, aggregates);
  };
  return { allows, allowsTable };
}
