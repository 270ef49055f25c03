import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { openCascades } from '../../src/cascade/open-cascades.ts';
import { summarizeCascade } from '../../src/cascade/summary/summarize-cascade.ts';
import { readConfig } from '../../src/config.ts';
import { openFacts } from '../../src/facts/facts.ts';
import { openGraph } from '../../src/graph/graph.ts';

/**
 * A process that does nothing but read one summary, and prints by how many megabytes it grew. Measured beside a
 * benchmark, whose own garbage comes and goes, the number would mean nothing.
 */
const [database = '', rootId = ''] = process.argv.slice(2);
const { clickhouse, neo4j, cascade } = readConfig(process.env);
const limits = { poolSize: 8, timeoutMs: 120_000 };
const facts = openFacts({ ...clickhouse, ...limits, database });
const graph = openGraph({ ...neo4j, ...limits });
const noLog = { readProgress: () => Promise.reject(new Error('there is no log here')) };
const cascades = openCascades({ graph, facts, log: noLog }, { maxBytes: cascade.cacheBytes, ...cascade });
// The thread that holds cascades starts once in the life of a service, and a first small read opens the connections.
await cascades.held();
await summarizeCascade({ graph, facts, cascades }, 'bench-small', null);
setFlagsFromString('--expose-gc');
runInNewContext('gc()');
const before = process.memoryUsage().rss;
const outcome = await summarizeCascade({ graph, facts, cascades }, rootId, null);
const grown = (process.memoryUsage().rss - before) / 1e6;
console.log(JSON.stringify({ size: outcome.kind === 'found' ? outcome.summary.size : null, grown }));
await Promise.all([cascades.close(), facts.close(), graph.close()]);
