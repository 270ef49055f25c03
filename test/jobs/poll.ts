/** Looks again and again until it is so; tells how long that took. */
export async function until(check: () => boolean | Promise<boolean>, timeoutMs = 10_000): Promise<number> {
  const startedAt = Date.now();
  while (!(await check())) {
    if (Date.now() - startedAt > timeoutMs) throw new Error(`it did not come about within ${timeoutMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return Date.now() - startedAt;
}
