// A second Neo4j in a process of its own, because the set-up's plain modules cannot be loaded by Jest: until it is told to end.
import { startSpareNeo4j } from '../../src/local/spare/start-spare-neo4j.ts';

const [home = ''] = process.argv.slice(2);
const spare = await startSpareNeo4j({ home, heap: '512m', pageCache: '64m', say: () => undefined });
const { url, user, password } = spare;
console.log(JSON.stringify({ url, user, password }));
process.stdin.resume();
process.stdin.once('end', () => void spare.stop().finally(() => process.exit(0)));
