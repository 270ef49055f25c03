import { z } from 'zod';

export type StringParameter = {
  operationId: string;
  method: string;
  place: 'path' | 'query';
  name: string;
  /** The operation's address with that text, already encoded, in this place. */
  address(encoded: string): string;
};

const Schema = z.looseObject({ type: z.unknown().optional(), enum: z.array(z.unknown()).optional() });
const Parameter = z.looseObject({ name: z.string(), in: z.enum(['path', 'query']), schema: Schema });
const Operation = z.looseObject({ operationId: z.string(), parameters: z.array(Parameter).default([]) });
const Document = z.looseObject({ paths: z.record(z.string(), z.record(z.string(), Operation)) });

/** The parameters that take free text, as the running service documents them. */
export async function readStringParameters(url: string): Promise<StringParameter[]> {
  const document = Document.parse(await (await fetch(`${url}/v1/openapi.json`)).json());
  return Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.entries(operations).flatMap(([method, { operationId, parameters }]) =>
      parameters.filter(isFreeText).map(({ name, in: place }) => ({
        operationId,
        method: method.toUpperCase(),
        place,
        name,
        address: (encoded: string) =>
          place === 'path' ? filled(path.replace(`{${name}}`, () => encoded)) : `${filled(path)}?${name}=${encoded}`,
      })),
    ),
  );
}

function isFreeText({ schema }: z.output<typeof Parameter>): boolean {
  return (
    schema.enum === undefined && schema.type !== 'integer' && schema.type !== 'number' && schema.type !== 'boolean'
  );
}

function filled(path: string): string {
  return path.replaceAll(/\{\w+\}/g, 'root');
}
