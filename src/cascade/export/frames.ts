import { escapeXml } from './escape-xml.ts';

/** The text before the first stream of rows, before each further one, and after the last. */
export type Frame = readonly string[];

type Framed = { rootId: string; topSeq: number; count: number; asOf: string };

export function jsonFrame({ rootId, count, asOf }: Framed): Frame {
  const head = JSON.stringify({ rootPostId: rootId, nodes: count, edges: count - 1, asOf });
  return [`${head.slice(0, -1)},"posts":`, '}\n'];
}

const xmlHead = '<?xml version="1.0" encoding="UTF-8"?>\n';

export function graphmlFrame({ rootId, asOf }: Framed): Frame {
  const head = `${xmlHead}<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">
<key id="rootPostId" for="graph" attr.name="rootPostId" attr.type="string"/>
<key id="asOf" for="graph" attr.name="asOf" attr.type="string"/>
<key id="depth" for="node" attr.name="depth" attr.type="int"/>
<key id="accountId" for="node" attr.name="accountId" attr.type="string"/>
<key id="createdAt" for="node" attr.name="createdAt" attr.type="string"/>
<key id="weight" for="edge" attr.name="weight" attr.type="double"/>
<key id="at" for="edge" attr.name="at" attr.type="string"/>
<!-- An edge leads from a post to a share of it. -->
<graph edgedefault="directed">
<data key="rootPostId">${escapeXml(rootId)}</data><data key="asOf">${asOf}</data>
`;
  return [head, '</graph>\n</graphml>\n'];
}

export function gexfFrame({ rootId, asOf }: Framed): Frame {
  // "date" and not "dateTime", although these are times: Gephi takes times under both names, networkx under this one only.
  const head = `${xmlHead}<gexf xmlns="http://gexf.net/1.3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://gexf.net/1.3 http://gexf.net/1.3/gexf.xsd" version="1.3">
<meta lastmodifieddate="${asOf.slice(0, 10)}"><creator>sharetrail</creator><description>The cascade of ${escapeXml(rootId)} as of ${asOf}. An edge leads from a post to a share of it.</description></meta>
<graph mode="dynamic" defaultedgetype="directed" timeformat="date" timerepresentation="interval">
<attributes class="node" mode="static">
<attribute id="depth" title="depth" type="integer"/>
<attribute id="accountId" title="accountId" type="string"/>
</attributes>
<nodes>
`;
  return [head, '</nodes>\n<edges>\n', '</edges>\n</graph>\n</gexf>\n'];
}
