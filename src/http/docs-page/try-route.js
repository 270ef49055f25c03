import { makeElement } from './make-element.js';

const longestShown = 100_000;

/** A form that asks a GET route and shows what it answered. */
export function tryRoute(path, parameters) {
  const answer = makeElement('div', { 'aria-live': 'polite' });
  const inputs = parameters.map((parameter) => ({ parameter, input: inputFor(parameter) }));
  const labels = inputs.map(({ parameter, input }) =>
    makeElement('label', {}, parameter.required ? parameter.name : `${parameter.name}?`, input),
  );
  const form = makeElement('form', {}, ...labels, makeElement('button', { type: 'submit' }, 'Send'));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void ask(addressOf(path, inputs), answer);
  });
  return makeElement('details', {}, makeElement('summary', {}, 'Try it'), form, answer);
}

function inputFor({ name, required, schema }) {
  if (schema.enum !== undefined) {
    const options = [...(required ? [] : ['']), ...schema.enum];
    return makeElement('select', { name }, ...options.map((option) => makeElement('option', {}, String(option))));
  }
  const input = makeElement('input', { name, placeholder: schema.default === undefined ? '' : String(schema.default) });
  input.required = required;
  return input;
}

function addressOf(path, inputs) {
  let address = path;
  const query = new URLSearchParams();
  for (const { parameter, input } of inputs) {
    if (parameter.in === 'path') address = address.replace(`{${parameter.name}}`, encodeURIComponent(input.value));
    else if (input.value !== '') query.set(parameter.name, input.value);
  }
  return query.size === 0 ? address : `${address}?${query}`;
}

async function ask(address, answer) {
  const command = makeElement('pre', {}, `curl '${new URL(address, location.href).href.replaceAll("'", '%27')}'`);
  answer.replaceChildren(command, makeElement('p', { class: 'muted' }, 'Waiting ...'));
  const startedMs = performance.now();
  try {
    const response = await fetch(address);
    const text = await response.text();
    const status = makeElement('b', { class: `status ${response.ok ? 'fine' : 'bad'}` }, String(response.status));
    const facts = ` ${Math.round(performance.now() - startedMs)} ms, ${text.length.toLocaleString('en')} characters`;
    answer.replaceChildren(command, makeElement('p', {}, status, facts), makeElement('pre', {}, readable(text)));
  } catch (fault) {
    answer.replaceChildren(command, makeElement('p', { class: 'status bad' }, `No answer: ${fault.message}`));
  }
}

function readable(text) {
  const shown = indent(text);
  if (shown.length <= longestShown) return shown;
  return `${shown.slice(0, longestShown)}\n... ${(shown.length - longestShown).toLocaleString('en')} more characters`;
}

function indent(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
