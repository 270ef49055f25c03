// Exceptions as a ClickHouse server answers them: status by kind, code in a header, text in the body.
import type { ServerResponse } from 'node:http';
import type { EngineException } from '../engine/engine-exception.ts';

// After src/Server/HTTP/exceptionCodeToHTTPStatus.cpp of ClickHouse, by exception name.
const statusByName: Readonly<Record<string, number>> = {
  REQUIRED_PASSWORD: 401,
  UNKNOWN_USER: 403,
  WRONG_PASSWORD: 403,
  AUTHENTICATION_FAILED: 403,
  SET_NON_GRANTED_ROLE: 403,
  ACCESS_DENIED: 403,
  UNKNOWN_TABLE: 404,
  UNKNOWN_FUNCTION: 404,
  UNKNOWN_IDENTIFIER: 404,
  UNKNOWN_TYPE: 404,
  UNKNOWN_STORAGE: 404,
  UNKNOWN_DATABASE: 404,
  UNKNOWN_SETTING: 404,
  UNKNOWN_DIRECTION_OF_SORTING: 404,
  UNKNOWN_AGGREGATE_FUNCTION: 404,
  UNKNOWN_FORMAT: 404,
  UNKNOWN_DATABASE_ENGINE: 404,
  UNKNOWN_TYPE_OF_QUERY: 404,
  UNKNOWN_ROLE: 404,
  BAD_ARGUMENTS: 400,
  SYNTAX_ERROR: 400,
  INCORRECT_DATA: 400,
  TYPE_MISMATCH: 400,
  TOO_DEEP_AST: 400,
  TOO_BIG_AST: 400,
  UNKNOWN_ELEMENT_IN_AST: 400,
  UNKNOWN_TYPE_OF_AST_NODE: 400,
  UNEXPECTED_AST_STRUCTURE: 400,
  UNKNOWN_QUERY_PARAMETER: 400,
  BAD_QUERY_PARAMETER: 400,
  VALUE_IS_OUT_OF_RANGE_OF_DATA_TYPE: 400,
  CANNOT_COMPILE_REGEXP: 400,
  TOO_MANY_SIMULTANEOUS_QUERIES: 503,
  SOCKET_TIMEOUT: 503,
  CANNOT_OPEN_FILE: 503,
  CANNOT_SCHEDULE_TASK: 503,
  TIMEOUT_EXCEEDED: 408,
  REQUEST_TOO_LARGE: 413,
  QUERY_IS_TOO_LARGE: 413,
  UNKNOWN_COMPRESSION_METHOD: 415,
  NOT_IMPLEMENTED: 501,
};

function exceptionStatus({ exceptionName }: EngineException): number {
  return statusByName[exceptionName] ?? (exceptionName.startsWith('CANNOT_PARSE_') ? 400 : 500);
}

export function sendException(response: ServerResponse, exception: EngineException, version: string): void {
  if (response.headersSent || response.destroyed) {
    response.destroy();
    return;
  }
  response.writeHead(exceptionStatus(exception), {
    'Content-Type': 'text/plain; charset=UTF-8',
    'X-ClickHouse-Exception-Code': String(exception.code),
  });
  response.end(exception.bodyText(version));
}

/**
 * An answer that fails half way: the status is gone already, so the text is put at the end of the body between marks that
 * carry the tag announced in the headers, and the connection is cut instead of ended (as servers do since 25.11).
 */
export function exceptionBlock(exception: EngineException, version: string, tag: string): Buffer {
  const message = Buffer.from(exception.bodyText(version));
  const tail = `${message.length} ${tag}\r\n__exception__\r\n`;
  return Buffer.concat([Buffer.from(`\r\n__exception__\r\n${tag}\r\n`), message, Buffer.from(tail)]);
}
