import neo4j from 'neo4j-driver';
import type { Endpoints } from '../../../src/local/endpoints.ts';

/** Neo4j Community has one database, so each run begins by emptying it. */
export async function emptyGraph({ NEO4J_URL, NEO4J_USER, NEO4J_PASSWORD }: Endpoints): Promise<void> {
  const driver = neo4j.driver(NEO4J_URL, neo4j.auth.basic(NEO4J_USER, NEO4J_PASSWORD));
  const session = driver.session({ database: 'neo4j' });
  try {
    const text =
      'MATCH (node) WHERE NOT node:Migration CALL (node) { DETACH DELETE node } IN TRANSACTIONS OF 10000 ROWS';
    await session.run(text);
  } finally {
    await session.close();
    await driver.close();
  }
}
