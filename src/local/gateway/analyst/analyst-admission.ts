// Lets an analyst's query through, or says why not.
import { refusals } from '../engine/engine-exception.ts';
import { explainTree } from '../engine/explain.ts';
import type { Engine } from '../engine/open-engine.ts';
import { openSlots } from '../engine/slots.ts';
import type { Admission } from '../http/admission.ts';
import type { RequestOptions } from '../http/read-options.ts';
import { decodeText, type Query } from '../http/read-query.ts';
import { noRows } from '../http/spool-rows.ts';
import { isMeaningful, lexSql } from '../sql/lex-sql.ts';
import { readStatement, type Statement } from '../sql/read-statement.ts';
import { loadAllowedFunctions } from './allowed-functions.ts';
import { allowNames } from './allowed-names.ts';
import { analystSettings } from './allowed-settings.ts';
import { refuse } from './analyst-refusal.ts';
import { type Allowed, checkTokens } from './check-tokens.ts';
import { checkTree } from './check-tree.ts';

// Analysts together hold at most half of the sessions, so that the service is never shut out by scans.
const placesOfAnalysts = 4;
const waitingAnalysts = 64;

type AnalystOptions = { engine: Engine; databases: readonly string[]; defaultDatabase: string };

/** The statement without its FORMAT, in text. */
function readingText(statement: Statement): string {
  if (statement.kind === 'read') return decodeText(`${statement.textBeforeFormat} ${statement.textAfterFormat}`);
  if (statement.kind === 'refused') throw refuse('";"', statement.reason);
  if (statement.kind === 'empty') throw refusals.syntaxError('Empty query');
  const first = [...lexSql(statement.kind === 'insert' ? statement.header : statement.text)].find(isMeaningful);
  throw refuse(JSON.stringify(first?.text ?? ''), 'one SELECT, WITH, SHOW, DESCRIBE or EXPLAIN statement is');
}

function checkFormat(statement: Statement, { defaultFormat }: RequestOptions, { names }: Allowed): string {
  const format = (statement.kind === 'read' ? statement.format : undefined) ?? defaultFormat;
  if (!names.format(format)) throw refuse(`the format ${format}`, 'it is not a plain output format');
  return format;
}

function rewritten(text: string, format: string): Query {
  const statement = readStatement(Buffer.from(`${text}\nFORMAT ${format}`, 'utf8').toString('latin1'));
  if (statement.kind !== 'read') throw refuse('the statement', 'it does not read');
  return { statement, rows: noRows, engineCompression: undefined };
}

export async function openAnalystAdmission({ engine, databases, defaultDatabase }: AnalystOptions): Promise<Admission> {
  const allowed: Allowed = { functions: await loadAllowedFunctions(engine), names: allowNames(databases) };
  return {
    places: openSlots([...Array(placesOfAnalysts).keys()], waitingAnalysts),
    settings: ({ settings }) => analystSettings(settings),
    database: ({ database }) => {
      // Clients that are not told a database ask for `default`, where a table's name would open a file.
      const chosen = database === 'default' ? defaultDatabase : database;
      if (!allowed.names.database(chosen))
        throw refuse(`the database ${JSON.stringify(chosen)}`, `${databases.join(', ')} may be read`);
      return chosen;
    },
    admit: async (query, options, run) => {
      const text = checkTokens(readingText(query.statement), allowed);
      const format = checkFormat(query.statement, options, allowed);
      checkTree(await explainTree(engine, run, text), allowed);
      return rewritten(text, format);
    },
  };
}
