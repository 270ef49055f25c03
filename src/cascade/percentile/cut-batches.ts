type Sized = { rootId: string; posts: number };
type Limits = { batchRows: number; batchCascades: number; batchIdBytes: number };

/** Cascades to be read at once: bounded in rows, in number, and in the ids that have to fit into one request. */
export function cutBatches<Of extends Sized>(cascades: readonly Of[], limits: Limits): Of[][] {
  const batches: Of[][] = [];
  let room = { rows: 0, cascades: 0, idBytes: 0 };
  for (const of of cascades) {
    const idBytes = Buffer.byteLength(of.rootId);
    room = { rows: room.rows - of.posts, cascades: room.cascades - 1, idBytes: room.idBytes - idBytes };
    if (room.rows < 0 || room.cascades < 0 || room.idBytes < 0) {
      batches.push([]);
      room = {
        rows: limits.batchRows - of.posts,
        cascades: limits.batchCascades - 1,
        idBytes: limits.batchIdBytes - idBytes,
      };
    }
    batches.at(-1)?.push(of);
  }
  return batches;
}
