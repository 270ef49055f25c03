import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** One session that lives as long as the benchmark: text in, lines out, fields parted by `|`. */
export type Psql = { ask(text: string): Promise<string[]>; close(): Promise<void> };

const endMark = '--end of answer--';

export function openPsql({ folder, env }: { folder: string; env: NodeJS.ProcessEnv }): Psql {
  const options = ['-qAtX', '-v', 'ON_ERROR_STOP=1', '-h', folder, '-U', 'bench', '-d', 'postgres'];
  const child = spawn('psql', options, { env, stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
  });
  let asked: { rows: string[]; answer: (rows: string[]) => void } | null = null;
  createInterface({ input: child.stdout }).on('line', (line) => {
    if (asked === null) return;
    if (line !== endMark) asked.rows.push(line);
    else {
      const { rows, answer } = asked;
      asked = null;
      answer(rows);
    }
  });
  return {
    ask: (text) =>
      new Promise((answer, reject) => {
        if (asked !== null) throw new Error('psql answers one question at a time');
        asked = { rows: [], answer };
        void ended.then(() => reject(new Error(`psql ended at ${text.slice(0, 200)}`)));
        child.stdin.write(`${text};\n\\echo '${endMark}'\n`);
      }),
    close: async () => {
      child.stdin.end('\\q\n');
      await ended;
    },
  };
}
