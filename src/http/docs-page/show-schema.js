import { makeElement } from './make-element.js';

const deepest = 6;

/** A schema as a table of fields; objects inside open on demand. */
export function showSchema(schema, components, depth = 0) {
  const { value, name } = follow(schema, components);
  if (depth > deepest) return makeElement('p', { class: 'muted' }, name ?? 'deeper');
  const inner = value.items === undefined ? undefined : follow(value.items, components).value;
  const fields = fieldsOf(value) ?? (inner === undefined ? undefined : fieldsOf(inner));
  if (fields !== undefined) return fieldTable(fields, components, depth);
  const choices = value.oneOf ?? value.anyOf;
  if (choices === undefined) return makeElement('p', { class: 'muted' }, nameType(schema, components));
  return makeElement('div', {}, ...choices.map((choice) => choiceOf(choice, components, depth)));
}

function choiceOf(choice, components, depth) {
  const { name, value } = follow(choice, components);
  const title = makeElement('summary', {}, name ?? value.title ?? nameType(choice, components));
  return openOnDemand(title, () => showSchema(choice, components, depth + 1));
}

function fieldTable(fields, components, depth) {
  const rows = fields.map(({ key, schema, required }) => {
    const { value } = follow(schema, components);
    const more = hasFields(value, components) ? below(schema, components, depth) : undefined;
    const text = [schema.description ?? value.description, limitsOf(value)].filter(Boolean).join(' ');
    return makeElement(
      'tr',
      {},
      makeElement('td', {}, required ? key : `${key}?`),
      makeElement('td', {}, nameType(schema, components)),
      makeElement('td', {}, text, more),
    );
  });
  return makeElement('table', {}, ...rows);
}

function below(schema, components, depth) {
  return openOnDemand(makeElement('summary', {}, 'fields'), () => showSchema(schema, components, depth + 1));
}

// Drawn when opened: a schema may contain itself.
function openOnDemand(summary, draw) {
  const details = makeElement('details', {}, summary);
  details.addEventListener('toggle', () => details.append(makeElement('div', { class: 'fields' }, draw())), {
    once: true,
  });
  return details;
}

function hasFields(value, components) {
  const inner = value.items === undefined ? value : follow(value.items, components).value;
  return fieldsOf(inner) !== undefined || inner.oneOf !== undefined;
}

function fieldsOf(value) {
  if (value.properties === undefined) return undefined;
  const required = new Set(value.required ?? []);
  return Object.entries(value.properties).map(([key, schema]) => ({ key, schema, required: required.has(key) }));
}

/** A schema's type in a few words. */
export function nameType(schema, components) {
  const { value, name } = follow(schema, components);
  if (value.const !== undefined) return JSON.stringify(value.const);
  if (value.enum !== undefined) return value.enum.map((item) => JSON.stringify(item)).join(' | ');
  if (value.items !== undefined) return `${nameType(value.items, components)}[]`;
  const choices = value.oneOf ?? value.anyOf;
  if (name === undefined && choices !== undefined)
    return choices.map((choice) => nameType(choice, components)).join(' | ');
  const format = value.format === undefined ? '' : ` ${value.format}`;
  return name ?? `${value.type ?? 'any'}${format}`;
}

const widest = Number.MAX_SAFE_INTEGER;

function limitsOf({ minimum, maximum, minLength, maxLength, default: preset }) {
  const parts = [];
  if (minimum !== undefined && minimum > -widest) parts.push(`at least ${minimum}`);
  if (maximum !== undefined && maximum < widest) parts.push(`at most ${maximum}`);
  if (minLength !== undefined) parts.push(`${minLength} characters or more`);
  if (maxLength !== undefined) parts.push(`${maxLength} characters or fewer`);
  if (preset !== undefined) parts.push(`default ${JSON.stringify(preset)}`);
  return parts.length === 0 ? undefined : `(${parts.join(', ')})`;
}

const prefix = '#/components/schemas/';

export function follow(schema, components) {
  if (typeof schema.$ref !== 'string' || !schema.$ref.startsWith(prefix)) return { value: schema, name: undefined };
  const name = schema.$ref.slice(prefix.length);
  return { value: components.schemas?.[name] ?? {}, name };
}
