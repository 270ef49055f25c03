/** Takes only so many streams at a time; one more is refused when its first piece is asked for. */
export function limitRunning(most: number, refusal: () => Error) {
  let running = 0;
  return async function* limited<T>(pieces: AsyncIterable<T>): AsyncGenerator<T, void> {
    if (running >= most) throw refusal();
    running += 1;
    try {
      yield* pieces;
    } finally {
      running -= 1;
    }
  };
}
