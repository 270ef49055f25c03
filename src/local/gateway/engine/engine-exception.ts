// One shape for everything the engine or the gateway refuses: the number, the text and the name a ClickHouse client looks for.

export class EngineException extends Error {
  readonly code: number;
  readonly exceptionName: string;

  constructor(code: number, exceptionName: string, message: string) {
    super(message);
    this.name = 'EngineException';
    this.code = code;
    this.exceptionName = exceptionName;
  }

  /** The body a ClickHouse server answers. */
  bodyText(version: string): string {
    return `Code: ${this.code}. DB::Exception: ${this.message}. (${this.exceptionName}) (version ${version})\n`;
  }
}

export const refusals = {
  accessDenied: (text: string) => new EngineException(497, 'ACCESS_DENIED', text),
  authenticationFailed: (user: string) =>
    new EngineException(
      516,
      'AUTHENTICATION_FAILED',
      `${user}: Authentication failed: password is incorrect, or there is no user with such name`,
    ),
  badArguments: (text: string) => new EngineException(36, 'BAD_ARGUMENTS', text),
  notImplemented: (text: string) => new EngineException(48, 'NOT_IMPLEMENTED', text),
  syntaxError: (text: string) => new EngineException(62, 'SYNTAX_ERROR', text),
  tooManyQueries: (text: string) => new EngineException(202, 'TOO_MANY_SIMULTANEOUS_QUERIES', text),
  tooLarge: (text: string) => new EngineException(1402, 'REQUEST_TOO_LARGE', text),
  cancelled: () => new EngineException(394, 'QUERY_WAS_CANCELLED', 'Query was cancelled'),
};

const leadingCode = /^(?:Code: \d+\. DB::Exception: )*Code: (\d+)\. DB::Exception: /s;
const trailingNames = /(?:\. ?)?\(([A-Z][A-Z0-9_]+)\)(?: \(version [^)]*\))?\s*$/;

// The pipes and files of the gateway are nobody's business, and their names would only puzzle.
const ownPaths =
  /(?: INTO OUTFILE '[^']*' APPEND(?: FORMAT \w+)?| FROM INFILE '[^']*' COMPRESSION '\w+'|: \(in file\/uri [^)]*\))/g;

// The engine wraps an exception once more for every layer, so that code, name and version can stand in it several times.
function stripTail(text: string): string {
  let rest = text;
  while (trailingNames.test(rest)) rest = rest.replace(trailingNames, '');
  return rest.replace(/[.\s]+$/, '');
}

export function parseEngineError(error: unknown): EngineException {
  if (error instanceof EngineException) return error;
  const text = error instanceof Error ? error.message : String(error);
  const code = leadingCode.exec(text)?.[1];
  if (code === undefined) return new EngineException(1002, 'UNKNOWN_EXCEPTION', text);
  const name = trailingNames.exec(text)?.[1] ?? 'UNKNOWN_EXCEPTION';
  return new EngineException(Number(code), name, stripTail(text.replace(leadingCode, '').replace(ownPaths, '')));
}
