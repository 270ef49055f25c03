/** One event with its values at hand. */
export type Happened = {
  id: string;
  name: string;
  who: string;
  atMs: number;
  postId: string;
  text(field: string): string;
  number(field: string): number | null;
  list(field: string): string[];
  flag(field: string): boolean;
  platform: string;
};
