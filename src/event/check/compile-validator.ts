import { z } from 'zod';
import { type Leaf, leafOf } from '../fields/leaf.ts';

/** The number of object keys in the value where it fits the schema, -1 where it does not. */
export type Validator = Leaf;

/** `leaves` are the hand-written readers the source calls by number, `names` numbers its variables. */
type Writer = { leaves: Leaf[]; names: number };

/**
 * Writes a zod schema out as straight JavaScript: no calls but to the leaves, no allocation, one pass.
 * Zod itself takes several times as long for the same verdict, and every event passes here. The source comes from
 * our own schemas alone, never from input, and a property test holds both to the same verdicts.
 */
export function compileValidator(schema: z.ZodType): Validator {
  const writer: Writer = { leaves: [], names: 0 };
  const body = writeCheck(writer, schema, 'value');
  const constants = writer.leaves.map((_, index) => `const leaf${index} = leaves[${index}];`).join('');
  const source = `"use strict";${constants}return function validate(value){let keys=0;${body}return keys;}`;
  // The one place where source becomes code; see above for why, and for where the source comes from.
  // oxlint-disable-next-line typescript/no-implied-eval
  const compiled: unknown = new Function('leaves', source)(writer.leaves);
  if (!isValidator(compiled)) throw new Error('The compiled validator is not a function');
  return compiled;
}

function isValidator(value: unknown): value is Validator {
  return typeof value === 'function';
}

function writeCheck(writer: Writer, schema: z.ZodType, variable: string): string {
  const leaf = leafOf(schema);
  if (leaf) return writeLeaf(writer, leaf, variable);
  if (schema instanceof z.ZodObject) return writeObject(writer, schema, variable);
  if (schema instanceof z.ZodArray) return writeArray(writer, schema, variable);
  if (schema instanceof z.ZodNumber) return writeNumber(schema, variable);
  if (schema instanceof z.ZodBoolean) return refuseWhen(`typeof ${variable}!=='boolean'`);
  if (schema instanceof z.ZodEnum) return writeOneOf(schema.options, variable);
  if (schema instanceof z.ZodLiteral) return writeOneOf([...schema.values], variable);
  if (schema instanceof z.ZodAny) return '';
  throw new Error(`No fast check is known for a schema of type ${schema.type}`);
}

function refuseWhen(condition: string): string {
  return `if(${condition})return -1;`;
}

function writeLeaf(writer: Writer, leaf: Leaf, variable: string): string {
  const known = writer.leaves.indexOf(leaf);
  const index = known < 0 ? writer.leaves.push(leaf) - 1 : known;
  const found = newName(writer);
  return `const ${found}=leaf${index}(${variable});${refuseWhen(`${found}<0`)}keys+=${found};`;
}

/**
 * Goes over the keys that are there, not over the fields that could be: most fields are absent from most events.
 * A key no case knows is an unknown field; a required field that never came leaves its count above zero.
 */
function writeObject(writer: Writer, schema: z.ZodObject, variable: string): string {
  const [key, value, missing] = [newName(writer), newName(writer), newName(writer)];
  const fields = Object.entries(schema.shape);
  const required = fields.filter(([, field]) => !(field instanceof z.ZodOptional)).length;
  const cases = fields.map(([name, field]) => writeField(writer, field, { name, value, missing }));
  return [
    refuseWhen(`typeof ${variable}!=='object'||${variable}===null||Array.isArray(${variable})`),
    `let ${missing}=${required};for(const ${key} in ${variable}){keys++;const ${value}=${variable}[${key}];`,
    `switch(${key}){${cases.join('')}default:return -1;}}`,
    refuseWhen(`${missing}!==0`),
  ].join('');
}

type Field = { name: string; value: string; missing: string };

function writeField(writer: Writer, schema: z.core.$ZodType, { name, value, missing }: Field): string {
  const inner = schema instanceof z.ZodOptional ? schema.unwrap() : schema;
  if (!(inner instanceof z.ZodType)) throw new Error(`The field ${name} is no schema of zod's classic interface`);
  const check = writeCheck(writer, inner, value);
  return `case ${JSON.stringify(name)}:{${check}${inner === schema ? `${missing}--;` : ''}break;}`;
}

function writeArray(writer: Writer, schema: z.ZodArray, variable: string): string {
  const element = schema.element;
  if (!(element instanceof z.ZodType)) throw new Error("A list's element is no schema of zod's classic interface");
  const { minItems = 0, maxItems } = z.toJSONSchema(schema);
  if (maxItems === undefined) throw new Error('Every list of the vocabulary has a greatest length');
  const [index, item] = [newName(writer), newName(writer)];
  const length = `${variable}.length`;
  return [
    refuseWhen(`!Array.isArray(${variable})||${length}<${minItems}||${length}>${maxItems}`),
    `for(let ${index}=0;${index}<${length};${index}++){const ${item}=${variable}[${index}];`,
    `${writeCheck(writer, element, item)}}`,
  ].join('');
}

function writeNumber(schema: z.ZodNumber, variable: string): string {
  const { minValue, maxValue } = schema;
  if (minValue === null || maxValue === null) throw new Error('Every number of the vocabulary has a range');
  const outside = `typeof ${variable}!=='number'||!(${variable}>=${minValue}&&${variable}<=${maxValue})`;
  return refuseWhen(schema.format === 'safeint' ? `${outside}||Math.floor(${variable})!==${variable}` : outside);
}

function writeOneOf(values: readonly unknown[], variable: string): string {
  return refuseWhen(values.map((value) => `${variable}!==${JSON.stringify(value)}`).join('&&'));
}

function newName(writer: Writer): string {
  writer.names += 1;
  return `v${writer.names}`;
}
