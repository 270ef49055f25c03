import { hashId } from '../../event/hash-id.ts';

const modulus = 2_147_483_647;

/** The product of two 31-bit numbers, modulo 2^31 - 1, in steps that a double holds exactly. */
function product(left: number, right: number): number {
  const high = ((left >>> 16) * right) % modulus;
  return (high * 65_536 + (left & 0xffff) * right) % modulus;
}

export type DigestedShare = { h1: number; parentH2: number; depth: number; at: number };

/** Per cascade: how many shares, and sums that show a moved edge, a wrong depth or a changed time (docs/decisions). */
export class Digests {
  readonly #sums = new Map<string, Float64Array>();

  add(rootId: string, { h1, parentH2, depth, at }: DigestedShare): void {
    const sums = this.#sums.get(rootId) ?? new Float64Array(5);
    this.#sums.set(rootId, sums);
    const terms = [1, h1, product(h1, parentH2), product(h1, depth + 1), product(h1, at % modulus)];
    for (const [place, term] of terms.entries()) sums[place] = (sums[place] ?? 0) + term;
  }

  addPost(rootId: string, post: { id: string; parentId: string; depth: number; at: number }): void {
    this.add(rootId, { h1: hashId(post.id).h1, parentH2: hashId(post.parentId).h2, depth: post.depth, at: post.at });
  }

  get(rootId: string): string {
    return Array.from(this.#sums.get(rootId) ?? [0, 0, 0, 0, 0]).join(' ');
  }

  roots(): Iterable<string> {
    return this.#sums.keys();
  }
}
